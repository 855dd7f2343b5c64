import type { DatasetFile } from './types.ts';

/** SHA-256 of the files under public/data; written by scripts/data/prepare.ts. Apart from the catalog, which is on the first page. */
export const checksums: Readonly<Record<string, string>> = {
  'fashion-train-0.bin': '6c373d7886651a3f9f203d45454435029dd26679b3bc66f7da77be803c4b2cb9',
  'fashion-train-1.bin': '2e389ac8bda3c827968a80dbad34563a39a172296f2e43315a8d42e057d4c546',
  'fashion-train-2.bin': 'c432ebacb613d69e59ca7f9582e855836e9022a3bbef5cbdb6784e8fec85e9b6',
  'fashion-train-3.bin': '9d473396c4bc8e916e88173eaef30d51ef6c4c20ae43da2b6656564fd733bd07',
  'fashion-test.bin': 'cdf4682c4932ddc46ebc90e062ec8b800044c5848af49c165f3a2a506c412a65',
  'mnist-train-0.bin': '56c222b614852ce4fe109d5e680ac37a5e7c68d9bffce1fa82389d1149ee3c14',
  'mnist-train-1.bin': '8484f4a0ac3d5b7837a75c19882244d69dd6840c7b8aeb54e1674a3381f79457',
  'mnist-train-2.bin': '217863784654b6013730e5412c114c5c491e0dd67c18719f372982d5be44efec',
  'mnist-train-3.bin': 'de5317a6697ee82fce3fa6079e1fb76e2d13abc49fa848d0c82fbda1ee870e5d',
  'mnist-test.bin': '3d035709f3569b2e05bde9b57d18685ba863c987bedb577f704b48678be0774d',
  'digits-train-0.bin': 'a68f9123d392ea3319d41bab1c460ab1e04ef5cd57660537d9d1267ac73d6b35',
  'digits-test.bin': '9d4b8cb3f0d08c339f1c6b23e1ce24637c4dd0475cce61e70cd3256344d2170e',
  'quickdraw-train-0.bin': 'a308df6953b17dc42c5ede161ebc88aa6b7c4ce0fecfa9b523b2371cfb5ad609',
  'quickdraw-test.bin': 'c02848f5e8ace559edd3410995e2a264a511a11dba9484cc9f9862ab3597e2e1',
  'emoji-train-0.bin': '1648ba24b11d1e55a9801df976ec3cf78183e44ccd58a8a761b23c32aac25d92',
  'emoji-test.bin': 'b76bd3020a000ce144426e1a47a0bbde73e276668e2975b2f339ea2856660e5b',
};

/** The SHA-256 that a data file must have. Throws RangeError where none is known. */
export function sha256Of({ path, sha256 }: DatasetFile): string {
  const known = sha256 ?? checksums[path];
  if (known === undefined) throw new RangeError(`no checksum of ${path}`);
  return known;
}

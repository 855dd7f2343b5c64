/** What the article refers to, in every language as it was published. */
export const references = [
  'T. Elsken, J. H. Metzen, F. Hutter: Efficient Multi-Objective Neural Architecture Search via Lamarckian Evolution. ICLR 2019, arXiv 1804.09081.',
  'T. Chen, I. Goodfellow, J. Shlens: Net2Net: Accelerating Learning via Knowledge Transfer. ICLR 2016, arXiv 1511.05641.',
  'T. Wei, C. Wang, Y. Rui, C. W. Chen: Network Morphism. ICML 2016, arXiv 1603.01670.',
  'T. Elsken, J. H. Metzen, F. Hutter: Simple and Efficient Architecture Search for Convolutional Neural Networks. ICLR 2018 workshop, arXiv 1711.04528.',
  'G. Hinton, O. Vinyals, J. Dean: Distilling the Knowledge in a Neural Network. 2015, arXiv 1503.02531.',
  'E. Zitzler, L. Thiele: Multiobjective Evolutionary Algorithms: A Comparative Case Study and the Strength Pareto Approach. IEEE Transactions on Evolutionary Computation 3(4), 1999.',
  'H. Ishibuchi, H. Masuda, Y. Tanigaki, Y. Nojima: Modified Distance Calculation in Generational Distance and Inverted Generational Distance. EMO 2015.',
  'D. Smilkov, S. Carter and others: TensorFlow Playground. The page that showed how to show this.',
];

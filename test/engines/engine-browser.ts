/** A browser with one page: as much of it as a search and its saved file need. */
export interface EngineBrowser {
  open(url: string): Promise<void>;
  /** Runs `script` on the page; it may use nothing but its argument and the page. */
  evaluate<A, T>(script: (argument: A) => T, argument: A): Promise<T>;
  close(): Promise<void>;
}

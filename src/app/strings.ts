/** Every English string of the page, one exported section a panel: a second language is this one file again. */
export const app = {
  name: 'LEMONADE Playground',
};

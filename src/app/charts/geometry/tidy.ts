/** A network as the tree sees it. */
export interface TreeInput {
  readonly id: number;
  readonly parent: number | null;
  readonly generation: number;
  /** On the front, in training or otherwise to be kept open. */
  readonly live: boolean;
}

export interface TreeNode {
  readonly id: number;
  readonly parent: number | null;
  readonly generation: number;
  /** 0 at the top, 1 at the bottom. */
  readonly y: number;
  /** It or a descendant is live: the line to it is strong. */
  readonly leads: boolean;
  /** Descendants and siblings not drawn, folded into this node. */
  readonly folded: number;
}

interface Branch {
  readonly input: TreeInput;
  readonly children: Branch[];
  leads: boolean;
  size: number;
  folded: number;
  row: number;
}

/** Rows that a dead leaf takes, next to a live one. */
const deadRow = 0.45;

function branches(inputs: readonly TreeInput[]): Branch[] {
  const byId = new Map<number, Branch>();
  for (const input of inputs)
    byId.set(input.id, { input, children: [], leads: input.live, size: 1, folded: 0, row: 0 });
  const roots: Branch[] = [];
  for (const branch of byId.values()) {
    const parent = branch.input.parent === null ? undefined : byId.get(branch.input.parent);
    if (parent) parent.children.push(branch);
    else roots.push(branch);
  }
  // Children have larger ids than their parents, so one pass from the youngest settles sizes and leads.
  for (const branch of [...byId.values()].sort((a, b) => b.input.id - a.input.id)) {
    const parent = branch.input.parent === null ? undefined : byId.get(branch.input.parent);
    if (!parent) continue;
    parent.size += branch.size;
    parent.leads ||= branch.leads;
  }
  return roots;
}

function visit(
  roots: readonly Branch[],
  enter: (branch: Branch) => void,
  leave: (branch: Branch) => void,
): void {
  const stack: { branch: Branch; next: number }[] = [];
  for (const root of roots) {
    stack.push({ branch: root, next: 0 });
    enter(root);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const child = top.branch.children[top.next++];
      if (child) {
        stack.push({ branch: child, next: 0 });
        enter(child);
      } else {
        leave(top.branch);
        stack.pop();
      }
    }
  }
}

function fold(roots: readonly Branch[], level: number): void {
  visit(
    roots,
    (branch) => {
      if (!branch.leads && level >= 1 && branch.children.length > 0) {
        branch.folded = branch.size - 1;
        branch.children.length = 0;
      } else if (level >= 2) {
        const dead = branch.children.filter((child) => !child.leads);
        if (dead.length < 2) return;
        const kept = dead[dead.length - 1]!;
        kept.folded = dead.reduce((sum, child) => sum + child.size, 0) - 1;
        kept.children.length = 0;
        branch.children.splice(
          0,
          Infinity,
          ...branch.children.filter((child) => child.leads || child === kept),
        );
      }
    },
    () => {},
  );
}

function rows(roots: readonly Branch[]): number {
  let count = 0;
  visit(
    roots,
    () => {},
    (branch) => {
      if (branch.children.length === 0) count += branch.leads || branch.input.parent === null ? 1 : deadRow;
    },
  );
  return count;
}

/**
 * A tidy order: every subtree keeps a band of rows of its own, leaves one below the other, a parent in the
 * middle of its children, so that no two lines cross. When there are more rows than `maxRows`, dead
 * branches are folded: first into their root, then the dead children of one parent into one.
 */
export function tidyTree(inputs: readonly TreeInput[], maxRows: number): TreeNode[] {
  let roots = branches(inputs);
  for (let level = 1; level <= 2 && rows(roots) > maxRows; level++) {
    roots = branches(inputs);
    fold(roots, level);
  }
  let next = 0;
  const order: Branch[] = [];
  visit(
    roots,
    (branch) => order.push(branch),
    (branch) => {
      const { children } = branch;
      if (children.length > 0) {
        branch.row = (children[0]!.row + children.at(-1)!.row) / 2;
        return;
      }
      const tall = branch.leads || branch.input.parent === null ? 1 : deadRow;
      branch.row = next + tall / 2;
      next += tall;
    },
  );
  const total = Math.max(1, next);
  return order.map(({ input, row, leads, folded }) => ({
    id: input.id,
    parent: input.parent,
    generation: input.generation,
    y: row / total,
    leads,
    folded,
  }));
}

/** An edge: bends within `bend` px of the parent, then runs straight to the child. */
export function edgePath(x0: number, y0: number, x1: number, y1: number, bend: number): string {
  const r = (value: number) => String(Math.round(value * 10) / 10);
  if (Math.abs(y1 - y0) < 0.5) return `M${r(x0)} ${r(y0)}H${r(x1)}`;
  const end = Math.min(x1, x0 + bend);
  const middle = (x0 + end) / 2;
  return `M${r(x0)} ${r(y0)}C${r(middle)} ${r(y0)} ${r(middle)} ${r(y1)} ${r(end)} ${r(y1)}H${r(x1)}`;
}

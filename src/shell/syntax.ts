import type { Tree } from "web-tree-sitter";

/** A node of a syntax tree, copied out of the parser's memory. */
export interface Syntax {
  /** The grammar's name for it, or the token itself: `command`, `|`. */
  readonly type: string;
  /** UTF-16 offset into the script. */
  readonly start: number;
  /** UTF-16 offset into the script, behind the last character. */
  readonly end: number;
  /** The role it has in its parent, such as `body`; null for none. */
  readonly field: string | null;
  /** False for tokens such as `|`. */
  readonly named: boolean;
  /** True where the parser put in what was not there. */
  readonly missing: boolean;
  readonly children: readonly Syntax[];
}

/** Deeper than people write; recursion over the copy is safe to here. */
const deepest = 400;

/** Copies a tree. Null where it is deeper than anyone writes. */
export function readSyntax(tree: Tree): Syntax | null {
  const cursor = tree.walk();
  try {
    const path: Syntax[][] = [];
    let siblings: Syntax[] = [];
    for (;;) {
      const children: Syntax[] = [];
      siblings.push({
        type: cursor.nodeType,
        start: cursor.startIndex,
        end: cursor.endIndex,
        field: cursor.currentFieldName,
        named: cursor.nodeIsNamed,
        missing: cursor.nodeIsMissing,
        children,
      });
      if (cursor.gotoFirstChild()) {
        if (path.length >= deepest) return null;
        path.push(siblings);
        siblings = children;
        continue;
      }
      while (!cursor.gotoNextSibling()) {
        const parent = path.pop();
        if (!parent || !cursor.gotoParent()) return siblings[0] ?? null;
        siblings = parent;
      }
    }
  } finally {
    cursor.delete();
  }
}

/** All nodes of a tree, parents before their children. */
export function* everyNode(root: Syntax): Generator<Syntax> {
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    yield node;
    for (let index = node.children.length - 1; index >= 0; index--) {
      const child = node.children[index];
      if (child) open.push(child);
    }
  }
}

// The few values of the editor's API that making lenses needs, for benches in plain Node: they do nothing but hold what they are given.

export class Range {
  readonly start: { line: number; character: number };
  readonly end: { line: number; character: number };

  constructor(startLine: number, startCharacter: number, endLine: number, endCharacter: number) {
    this.start = { line: startLine, character: startCharacter };
    this.end = { line: endLine, character: endCharacter };
  }
}

export class CodeLens {
  readonly range: Range;
  readonly command: unknown;

  constructor(range: Range, command?: unknown) {
    this.range = range;
    this.command = command;
  }
}

export class EventEmitter {
  readonly event = () => ({ dispose: () => {} });
  fire(): void {}
  dispose(): void {}
}

export const workspace = {
  getConfiguration: () => ({ get: (_name: string, otherwise: unknown) => otherwise }),
};

export const window = {};

export class Uri {}

/** Why the CLI cannot do what it was asked. The message tells a person what to do next. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly reason: "usage" | "unreadable" | "no-parser" | "target" | "values" | "not-agreed" | "not-run";

  constructor(reason: CliError["reason"], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** A command line that is wrong, with the way to the help. */
export function usageError(message: string): CliError {
  return new CliError("usage", `${message}\nTry podbook --help.`);
}

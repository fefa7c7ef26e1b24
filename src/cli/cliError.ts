/** Why the CLI cannot do what it was asked. The message tells a person what to do next. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly reason: "usage" | "unreadable" | "no-parser";

  constructor(reason: CliError["reason"], message: string) {
    super(message);
    this.reason = reason;
  }
}

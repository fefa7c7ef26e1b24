import type { EffectRow } from "../analysis.ts";

/** What the shell itself brings. What runs other commands (`eval`, `exec`, `trap` …) is read elsewhere. */
export const shellEffects: readonly EffectRow[] = [
  { program: "cd|pushd|popd|dirs|exit|logout|return|break|continue|read|mapfile|readarray|let|shopt", effect: "read" },
  { program: "set|unset|unsetenv|export|declare|typeset|readonly|local|alias|unalias|caller", effect: "read" },
  { program: "complete|bind|builtin|enable|autoload|setopt|unsetopt|bindkey|zstyle|compinit|compdef", effect: "read" },
  { program: "enable", args: ["-f"], effect: "change", reason: "loads code into the shell" },
  { program: "source|.", effect: "change", reason: "cannot tell what is in {1}" },
  { program: "eval", effect: "change", reason: "cannot tell what it evaluates" },
  { program: "trap|exec|command|env", effect: "read" },
  { program: "bash|sh|zsh|dash|ksh|fish|ash|csh|tcsh", effect: "change", reason: "cannot tell what {1} does" },
  { program: "mapfile|readarray", args: ["-C"], effect: "change", reason: "runs a command for its lines" },
];

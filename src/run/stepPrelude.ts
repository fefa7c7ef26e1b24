/**
 * What bash reads before a script that runs step by step: it asks on descriptor 3 before every command of the script
 * itself, with the last exit status and the line, and runs or skips the command as it is told. Functions, subshells and
 * substitutions are not asked about. The descriptor is moved out of the way of the script's own. Skipping needs
 * `extdebug`, which is switched on only when the script has begun: before, bash would
 * look for its debugger.
 */
export function stepPrelude(): string {
  return `exec {__podbook_fd}<&3 3<&-
__podbook_step() {
  (( BASH_SUBSHELL == 0 && \${#FUNCNAME[@]} == 2 )) || return 0
  local __podbook_answer
  printf '%s %s\\n' "$1" "$2" >&"$__podbook_fd"
  IFS= read -r __podbook_answer <&"$__podbook_fd" || exit 143
  [[ $__podbook_answer == run ]]
}
trap 'shopt -s extdebug; __podbook_step "$?" "$LINENO"' DEBUG
`;
}

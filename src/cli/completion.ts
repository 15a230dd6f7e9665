import { commonFlags } from "./arguments.ts";
import { commands } from "./commands.ts";
import { misuse } from "./failure.ts";
import { commandNames } from "./help.ts";

const SHELLS: Readonly<Record<string, () => string>> = { bash, zsh, fish };

/** What has a shell complete commands, their first words and their flags. Throws CommandFailure. */
export function completionFor(shell: string | undefined): string {
  const write = shell !== undefined && Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
  if (write === undefined)
    throw misuse(`completion takes bash, zsh or fish${shell === undefined ? "" : `, not "${shell}"`}`);
  return write();
}

/** Each command with everything that can stand behind it. */
function choices(): readonly (readonly [string, string])[] {
  return commands.map(({ name, words = [], flags }) => {
    const all = [...words, ...Object.keys({ ...flags, ...commonFlags }).map((flag) => `--${flag}`)];
    return [name, all.join(" ")];
  });
}

function bash(): string {
  const cases = choices().map(([name, all]) => `    ${name}) words="${all}" ;;\n`);
  return `_waystation() {
  local words current="\${COMP_WORDS[COMP_CWORD]}"
  case "\${COMP_WORDS[1]}" in
${cases.join("")}    *) words="" ;;
  esac
  [ "$COMP_CWORD" = 1 ] && words="${commandNames.join(" ")}"
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _waystation waystation
`;
}

function zsh(): string {
  return `autoload -Uz bashcompinit && bashcompinit\n${bash()}`;
}

function fish(): string {
  const first = `complete -c waystation -n __fish_use_subcommand -a "${commandNames.join(" ")}"\n`;
  const others = choices().map(
    ([name, all]) => `complete -c waystation -n "__fish_seen_subcommand_from ${name}" -a "${all}"\n`,
  );
  return `${first}${others.join("")}`;
}

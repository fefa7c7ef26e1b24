export const help = `podbook: reads, checks and runs Kubernetes runbooks written in Markdown, without an editor.

  podbook inspect FILE… [--json]      what is in them: scenarios, blocks, commands and what they do, queries, links
  podbook check FILE… [options]       what is wrong with them
  podbook run FILE [options]          runs a shell block, or all blocks of a section

Options of check:
  --format text|json|github           how problems are written (default: text)
  --namespace NAME                    tell of other namespaces in the text
  --context NAME                      tell of other contexts in the text
  --paths NAME=FOLDER                 where a sample path lies, as in /path/to/scripts=tools; may be repeated

Options of run:
  --block ID, --line N                the block with this id (inspect --json tells them), or at this line
  --section TITLE                     the blocks of a section, one after the other until one fails
  --set NAME=VALUE                    the value of a placeholder, as in pod-name=api-gateway-0; may be repeated
  --session                           exported variables and the directory go on from block to block
  --timeout 5m                        how long a block may take where its fence does not say
  --kubeconfig FILE, --context NAME   where it runs (default: as kubectl)
  --namespace NAME                    for commands without -n (default: the context's own)
  --yes, -y                           run what changes something without being asked
  --protected PATTERN                 contexts whose name must be typed, besides *prod* and *live*; may be repeated
  --confirm-context NAME              instead of typing it: the name of a protected context, in full
  --raw                               print the block's own bytes and nothing else
  --json                              print what happens, one JSON object per line

  --help, --version

FILE may be - for standard input. What only reads runs at once; what changes something is shown and asked first, and
without a terminal it needs --yes. Results go to standard output, everything else to standard error.

Exit status: 0; 1 where check finds errors; 2 where something cannot be read, is not agreed to, or the command line is
wrong. Of run: the block's own; 128 and the number of the signal that ended it; 124 when its time was up; 126 where it
could not be started; 130 after Ctrl-C; 141 when nobody reads the output any more.
`;

import type { OptionStyle } from "../options.ts";

function long(names: string): ReadonlySet<string> {
  return new Set(names.split(/\s+/));
}

const docker: OptionStyle = {
  short: "Hcl",
  long: long("--host --context --config --log-level --filter --format --tail --since"),
};
const aws: OptionStyle = {
  long: long(
    "--profile --region --output --query --endpoint-url --ca-bundle --cli-read-timeout --cli-connect-timeout --color",
  ),
};
const helm: OptionStyle = {
  short: "nfo",
  long: long(`--namespace --kube-context --kubeconfig --kube-apiserver --kube-token --kube-as-user --burst-limit --qps
    --registry-config --repository-cache --repository-config --version --values --set --set-string --timeout --output --max
    --filter --revision --history-max`),
};
const cluster: OptionStyle = {
  short: "nlo",
  long: long(
    "--namespace --context --kube-context --kubeconfig --selector --output --label-selector --server --timeout",
  ),
};

/** How programs read their options, where it matters for what stands in front of their subcommands. */
export const optionStyles: Readonly<Record<string, OptionStyle>> = {
  git: { short: "Cc", long: long("--git-dir --work-tree --namespace --exec-path") },
  docker,
  podman: docker,
  nerdctl: docker,
  "docker-compose": { short: "fp", long: long("--file --project-name --profile --project-directory --env-file") },
  crictl: { short: "rit", long: long("--runtime-endpoint --image-endpoint --timeout --config") },
  ctr: { short: "na", long: long("--namespace --address --timeout") },
  helm,
  helmfile: { short: "efnl", long: long("--environment --file --namespace --selector --kube-context") },
  aws,
  gsutil: { short: "oh" },
  az: { short: "ong", long: long("--output --query --subscription --resource-group --name") },
  systemctl: { short: "HMnopstu", long: long("--host --machine --lines --output --property --state --type") },
  journalctl: { short: "unpoStUbMD", long: long("--unit --since --until --lines --output --priority --identifier") },
  redis: {},
  etcdctl: {
    short: "w",
    long: long(`--endpoints --cacert --cert --key --user --password --write-out --command-timeout --dial-timeout
      --keepalive-time --keepalive-timeout --discovery-srv`),
  },
  terraform: { oneDash: true, long: long("-out -chdir -var -var-file -target") },
  tofu: { oneDash: true },
  find: { oneDash: true },
  openssl: { oneDash: true },
  ip: { short: "nbl" },
  iptables: { short: "tjpsdioIADRLPNXmw", long: long("--table") },
  ip6tables: { short: "tjpsdioIADRLPNXmw", long: long("--table") },
  vault: { oneDash: true, long: long("-address -namespace -format -field") },
  consul: { oneDash: true, long: long("-http-addr -token -datacenter -keys-only") },
  nomad: { oneDash: true, long: long("-address -region -namespace") },
  flux: cluster,
  argocd: cluster,
  istioctl: cluster,
  linkerd: cluster,
  cilium: cluster,
  velero: cluster,
  virtctl: cluster,
  kubectl: cluster,
  oc: cluster,
  ceph: { short: "fcnikm", long: long("--format --conf --name --id --keyring --cluster --admin-daemon") },
  rbd: { short: "pcmn", long: long("--pool --namespace --id --keyring --cluster --conf --image") },
  patronictl: { short: "cd", long: long("--config-file --dcs-url") },
  "apt-get": { short: "oct" },
  apt: { short: "oct" },
  yum: { short: "cdex" },
  dnf: { short: "cdex" },
  crontab: { short: "u" },
  sed: { short: "ef", long: long("--expression --file") },
  sort: { short: "ktST", long: long("--key --field-separator --buffer-size --temporary-directory --output") },
  dmesg: { short: "lnfsT" },
  tcpdump: { short: "BcCDEFGijmMrsTVwWyzZ" },
  date: { short: "dfrvI", long: long("--date --file --reference") },
  tar: { short: "fCTXbKHgIL", long: long("--file --directory --exclude") },
  rabbitmqctl: { short: "npt", long: long("--node --vhost --timeout") },
  mount: { short: "otLUO" },
  rsync: { short: "efBTM" },
  unzip: { short: "Pd" },
  gpg: { short: "urNo" },
  gpg2: { short: "urNo" },
  pg_restore: { short: "dUhpnNPtTIjFLfS" },
  rados: { short: "pnc", long: long("--pool --namespace --conf --id --keyring") },
  nodetool: { short: "hpu", long: long("--host --port --username --password") },
  base64: { short: "wib" },
};

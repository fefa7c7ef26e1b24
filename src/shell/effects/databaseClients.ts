import type { Word } from "../analysis.ts";
import { hasOption, type Options, optionValue, readOptions } from "../options.ts";
import { hole } from "../words.ts";
import { sqlEffect } from "./sqlEffect.ts";
import { type Input, reads, type Verdict, worst } from "./verdict.ts";

const typed: Verdict = { effect: "change", reason: "cannot tell what is typed into the database" };
const fed: Verdict = { effect: "change", reason: "cannot tell what the database is given" };

/** What psql does: what the SQL of `-c` or of its input does. */
export function psqlEffect(args: readonly Word[], input: Input): Verdict {
  const given = readOptions(args, {
    short: "cdfvohpUFPRTL",
    long: new Set(
      "--command --dbname --file --set --variable --output --host --port --username --log-file --pset".split(" "),
    ),
  });
  if (hasOption(given.options, "-f", "--file", "-o", "--output", "-L", "--log-file")) {
    const file = optionValue(given.options, "-f", "--file");
    const reason = file === null ? "writes a file" : `cannot tell what ${shown(file)} does to the database`;
    return { effect: "change", reason };
  }
  if (hasOption(given.options, "-l", "--list", "-V", "--version", "--help", "-?")) return reads;
  return sqlOf(given, ["-c", "--command"], input);
}

/** What mysql or mariadb does: what the SQL of `-e` or of its input does. */
export function mysqlEffect(args: readonly Word[], input: Input): Verdict {
  const given = readOptions(args, {
    short: "ehuPDS",
    long: new Set("--execute --host --user --port --database --socket --defaults-file --protocol".split(" ")),
  });
  if (hasOption(given.options, "--tee", "--init-command", "-V", "--version", "--help")) {
    return hasOption(given.options, "--tee", "--init-command") ? fed : reads;
  }
  return sqlOf(given, ["-e", "--execute"], input);
}

function sqlOf({ options }: Options, names: readonly string[], input: Input): Verdict {
  const scripts = options.flatMap(({ name, value }) => (names.includes(name) ? (value ?? "") : []));
  if (scripts.length > 0) return worst(scripts.map(sqlEffect)) ?? reads;
  if (input.kind === "text") return sqlEffect(input.shape);
  return input.kind === "none" ? typed : fed;
}

const redisReads =
  /^(get|mget|exists|ttl|pttl|type|keys|scan|hscan|sscan|zscan|hget|hgetall|hmget|hkeys|hvals|hlen|hexists|llen|lrange|lindex|lpos|scard|smembers|sismember|srandmember|sinter|sunion|sdiff|zcard|zcount|zrange(byscore|bylex)?|zrevrange(byscore|bylex)?|zscore|zrank|xlen|xrange|xrevrange|xinfo|xpending|strlen|getrange|bitcount|pfcount|dbsize|info|ping|echo|time|lastsave|role|monitor|subscribe|psubscribe|command|lolwut|randomkey|object|dump|auth|select|help)$/i;
const redisReadPairs =
  /^(config get|client (list|info|id|getname)|slowlog (get|len)|memory (usage|stats|doctor)|latency (latest|history|doctor|graph)|cluster (info|nodes|slots|shards|keyslot|countkeysinslot|getkeysinslot|links|myid|replicas)|sentinel (masters|master|slaves|replicas|sentinels|get-master-addr-by-name|ckquorum|info-cache|myid)|acl (list|whoami|users|getuser|cat)|pubsub \w+|debug object|script exists|function (list|stats)|module list|object \w+)$/i;
const redisDestroys =
  /^(del|unlink|flushall|flushdb|hdel|lrem|ltrim|srem|zrem\w*|xdel|xtrim|getdel|spop|lpop|rpop|zpop\w+|shutdown|reset)$/i;

/** What redis-cli does: what the command behind its options does. */
export function redisEffect(args: readonly Word[], input: Input): Verdict {
  const given = readOptions(args, {
    short: "hpasnuridDtX",
    long: new Set([
      "--user",
      "--pass",
      "--eval",
      "--pattern",
      "--cacert",
      "--cert",
      "--key",
      "--sni",
      "--rdb",
      "--functions-rdb",
      "--count",
    ]),
    leading: true,
  });
  const [command, second] = given.operands;
  if (hasOption(given.options, "--eval", "--pipe", "--cluster", "--rdb", "--functions-rdb")) {
    const cluster = args.findIndex(({ shape }) => shape === "--cluster");
    const info = cluster >= 0 && /^(info|check|help)$/.test(args[cluster + 1]?.shape ?? "");
    return info ? reads : { effect: "change", reason: "changes Redis or writes a file" };
  }
  if (!command) {
    const watches = /^--(latency\w*|stat|bigkeys|memkeys|hotkeys|scan|version|latency-history|intrinsic-latency)$/;
    if (given.options.some(({ name }) => watches.test(name))) return reads;
    return input.kind === "none" ? typed : fed;
  }
  if (command.shape.includes(hole)) return fed;
  const words = command.shape.trim().split(/\s+/);
  const name = words[0] ?? "";
  const pair = `${name} ${words[1] ?? second?.shape ?? ""}`;
  if (redisReads.test(name) || redisReadPairs.test(pair)) return reads;
  const reason = `runs ${name.toUpperCase()} in Redis`;
  return { effect: redisDestroys.test(name) ? "destroy" : "change", reason };
}

const mongoReads =
  /^(find|findOne|count|countDocuments|estimatedDocumentCount|distinct|explain|stats|storageSize|totalSize|totalIndexSize|dataSize|getIndexes|getCollectionNames|getCollectionInfos|getCollection|getSiblingDB|getMongo|getName|getUsers|getRoles|serverStatus|hostInfo|currentOp|status|conf|config|isMaster|hello|printReplicationInfo|printSecondaryReplicationInfo|printSlaveReplicationInfo|printShardingStatus|version|pretty|limit|sort|skip|toArray|forEach|map|itcount|size|hasNext|next|print|printjson|tojson|JSON|stringify|parse|join|ObjectId|ISODate|Date|NumberLong|listDatabases|latencyStats|getProfilingStatus|getLastError|readPref|setReadPref|getReadPref|secondaryOk|function)$/;

const mongoChanges =
  /\b(insert|update|replace|save|rename|create|convert|reconfig|stepDown|freeze|kill|fsync|compact|enable|disable|add|copy|mapReduce|bulk|\$out|\$merge)/i;

/** What mongosh or mongo does: what the JavaScript of `--eval` does. */
export function mongoEffect(args: readonly Word[], input: Input): Verdict {
  const given = readOptions(args, {
    short: "upfh",
    long: new Set([
      "--eval",
      "--host",
      "--port",
      "--username",
      "--password",
      "--authenticationDatabase",
      "--tlsCAFile",
      "--file",
    ]),
  });
  const script = optionValue(given.options, "--eval");
  if (script === null) {
    if (hasOption(given.options, "--version", "--help")) return reads;
    return input.kind === "none" ? typed : fed;
  }
  const code = script.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""');
  if (/\b(drop|remove|delete|shutdown|findOneAndDelete)/.test(code)) {
    return { effect: "destroy", reason: "removes something from the database" };
  }
  const called = [...code.matchAll(/([\w$]+)\s*\(/g)].map(([, name = ""]) => name);
  const quiet =
    called.every((name) => mongoReads.test(name)) &&
    !/[^=!<>]=[^=>]|\+\+|--|[[`]/.test(code) &&
    !mongoChanges.test(code);
  if (quiet && !code.includes(hole)) return reads;
  return { effect: "change", reason: "runs a script in the database" };
}

function shown(shape: string): string {
  return shape.replaceAll(hole, "…");
}

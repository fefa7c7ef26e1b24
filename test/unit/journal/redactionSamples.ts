/** A text, and what of it may be seen. */
export interface Sample {
  readonly name: string;
  readonly secrets?: readonly string[];
  readonly text: string;
  readonly masked: string;
}

// Made up here; a scanner that looks for real ones need not stumble over them.
const jwt = ["eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ", "eyJzdWIiOiJkZW1vIn0", "c2lnbmF0dXJl_-x"].join(".");
const pem = ["PRIVATE", "KEY"].join(" ");

/** Texts with secrets. */
export const secretSamples: readonly Sample[] = [
  {
    name: "an exact secret",
    secrets: ["s3cret-value"],
    text: "a s3cret-value b s3cret-valu s3cret-value",
    masked: "a *** b s3cret-valu ***",
  },
  { name: "its base64", secrets: ["s3cret-value"], text: "czNjcmV0LXZhbHVl\n", masked: "***\n" },
  { name: "base64 with padding", secrets: ["s3cret-v"], text: "<czNjcmV0LXY=>\n", masked: "<***=>\n" },
  {
    name: "out of base64",
    secrets: ["c29tZSB0ZXh0IHRoZXJl"],
    text: "it is: some text there.\n",
    masked: "it is: ***.\n",
  },
  {
    name: "as JSON and a URL write it",
    secrets: ['q"uo<te&d'],
    text: 'q\\"uo<te&d q\\"uo\\u003cte\\u0026d q%22uo%3Cte%26d',
    masked: "*** *** ***",
  },
  {
    name: "overlapping secrets",
    secrets: ["abcdefgh", "efghijkl"],
    text: "-abcdefghijkl-abcdefgh-",
    masked: "-***-***-",
  },
  {
    name: "a secret that begins as another",
    secrets: ["aaaaaab", "aaaaaaac"],
    text: "aaaaaaaab aaaaaaaac",
    masked: "aa*** a***",
  },
  { name: "no ASCII", secrets: ["pässwörd"], text: "ist pässwörd.\n", masked: "ist ***.\n" },
  {
    name: "a bearer token",
    text: "Authorization: Bearer abc.def-123=\r\nok\n",
    masked: "Authorization: Bearer ***\r\nok\n",
  },
  {
    name: "a bearer token in quotes",
    text: `curl -H "Authorization: Bearer s3cr3t" http://x/`,
    masked: `curl -H "Authorization: Bearer ***" http://x/`,
  },
  { name: "basic credentials", text: "> authorization: Basic dXNlcjpwdw==\n", masked: "> authorization: Basic ***\n" },
  { name: "a password option", text: "db --password=hunter2 --user me", masked: "db --password=*** --user me" },
  {
    name: "a password option and its word",
    text: "db --db-password  'hun ter2' -v\n",
    masked: "db --db-password  '***' -v\n",
  },
  { name: "a token option", text: `kubectl --token="abc d" get pods; x`, masked: `kubectl --token="***" get pods; x` },
  {
    name: "variables of databases",
    text: "PGPASSWORD=pw1 psql; MYSQL_PWD='p w' mysql && REDISCLI_AUTH=a\n",
    masked: "PGPASSWORD=*** psql; MYSQL_PWD='***' mysql && REDISCLI_AUTH=***\n",
  },
  {
    name: "an assignment before a semicolon",
    text: "API_TOKEN=a;b; echo x\nDB_PASSWORD=p&q & wait\n",
    masked: "API_TOKEN=***; echo x\nDB_PASSWORD=*** & wait\n",
  },
  { name: "the last word", text: "export MY_PASSWORD=abc", masked: "export MY_PASSWORD=***" },
  {
    name: "a literal of a new Secret",
    text: "kubectl create secret generic x --from-literal=key=value1 --from-literal='a=b c'",
    masked: "kubectl create secret generic x --from-literal=key=*** --from-literal='a=***'",
  },
  {
    name: "a password in a URL",
    text: "postgres://me:p%40ss@db:5432/x http://h:8080/ https://u:pw@h\n",
    masked: "postgres://me:***@db:5432/x http://h:8080/ https://u:***@h\n",
  },
  { name: "a JWT", text: `token is ${jwt}, see\n`, masked: "token is ***, see\n" },
  {
    name: "a private key",
    text: `-----BEGIN RSA ${pem}-----\nabc\nd-f\n-----END RSA ${pem}-----\nx`,
    masked: `-----BEGIN RSA ${pem}-----***-----END RSA ${pem}-----\nx`,
  },
  {
    name: "a kubeconfig",
    text: "users:\n- name: me\n  user:\n    client-certificate-data: QUJD\n    client-key-data: REVG\n    token: abc\n    password: a b c\n    username: me\n",
    masked:
      "users:\n- name: me\n  user:\n    client-certificate-data: ***\n    client-key-data: ***\n    token: ***\n    password: ***\n    username: me\n",
  },
  {
    name: "a kubeconfig in JSON",
    text: '{"user":{"client-key-data":"REVG", "token": "a\\"b", "username": "me"}}\n{\\"password\\":\\"a\\\\\\"b\\",\\"x\\":\\"y\\"}',
    masked:
      '{"user":{"client-key-data":"***", "token": "***", "username": "me"}}\n{\\"password\\":\\"***\\",\\"x\\":\\"y\\"}',
  },
  {
    name: "a Secret in YAML",
    text: "apiVersion: v1\ndata:\n  a: YQ==\n  b: |\n    Yg\n    ==\n\nimmutable: true\nkind: Secret\nmetadata:\n  name: x\n  data:\n    no: secret\ntype: Opaque\n---\ndata:\n  c: d\nkind: ConfigMap\n",
    masked:
      "apiVersion: v1\ndata:\n  a: ***\n  b: |\n    ***\n    ***\n\nimmutable: true\nkind: Secret\nmetadata:\n  name: x\n  data:\n    no: secret\ntype: Opaque\n---\ndata:\n  c: d\nkind: ConfigMap\n",
  },
  {
    name: "a list of Secrets and ConfigMaps in YAML",
    text: "apiVersion: v1\nitems:\n- apiVersion: v1\n  data:\n    a: YQ==\n  kind: Secret\n  metadata:\n    finalizers:\n    - x\n- apiVersion: v1\n  data:\n    b: plain\n  kind: ConfigMap\n- data:\n    c: 'Yw=='\n  kind: Secret\nkind: List\n",
    masked:
      "apiVersion: v1\nitems:\n- apiVersion: v1\n  data:\n    a: ***\n  kind: Secret\n  metadata:\n    finalizers:\n    - x\n- apiVersion: v1\n  data:\n    b: plain\n  kind: ConfigMap\n- data:\n    c: '***'\n  kind: Secret\nkind: List\n",
  },
  {
    name: "a Secret as it is written by hand",
    text: 'kind: Secret\nmetadata: {name: x}\nstringData:\n  user: me\n  two: "a b"\n  block: |-\n    line one\n\n    line two\ntype: Opaque\ndone.\n  user: me\n',
    masked:
      'kind: Secret\nmetadata: {name: x}\nstringData:\n  user: ***\n  two: "***"\n  block: |-\n    ***\n\n    ***\ntype: Opaque\ndone.\n  user: me\n',
  },
  {
    name: "a Secret in one line of YAML",
    text: "kind: Secret\r\nstringData: {a: b}\r\nx: y\r\n",
    masked: "kind: Secret\r\nstringData: ***\r\nx: y\r\n",
  },
  {
    name: "a Secret in JSON",
    text: '{\n  "apiVersion": "v1",\n  "data": {\n    "a": "YQ==",\n    "b": ""\n  },\n  "kind": "Secret",\n  "metadata": {"name": "x", "data": {"no": "secret"}}\n}\n{"data":{"c":"d"},"kind":"ConfigMap"}\n',
    masked:
      '{\n  "apiVersion": "v1",\n  "data": {\n    "a": "***",\n    "b": ""\n  },\n  "kind": "Secret",\n  "metadata": {"name": "x", "data": {"no": "secret"}}\n}\n{"data":{"c":"d"},"kind":"ConfigMap"}\n',
  },
  {
    name: "a Secret in JSON in an annotation of JSON",
    text: '{"data":{"a":"YQ=="},"kind":"Secret","metadata":{"annotations":{"last":"{\\"kind\\":\\"Secret\\",\\"metadata\\":{},\\"stringData\\":{\\"p\\":\\"de\\\\\\"mo\\"}}\\n"}}} end',
    masked:
      '{"data":{"a":"***"},"kind":"Secret","metadata":{"annotations":{"last":"{\\"kind\\":\\"Secret\\",\\"metadata\\":{},\\"stringData\\":{\\"p\\":\\"***\\"}}\\n"}}} end',
  },
  {
    name: "a Secret in JSON that was cut off",
    text: '{"data":{"a":"YWJjZA==","b":"YWJj',
    masked: '{"data":{"a":"***","b":"***',
  },
  {
    name: "a Secret in YAML that was cut off",
    text: "data:\n  a: YWJjZA==\n  b: YWJj\n",
    masked: "data:\n  a: ***\n  b: ***\n",
  },
];

/** Texts that come through as they are. */
export const plainSamples: readonly string[] = [
  "Please enter your password: \n",
  "Bearer authentication is on, bearer of news; Basic usage\n",
  'export PGPASSWORD=$PW; curl -H "Authorization: Bearer $TOKEN" --password "$PW" --token=<token> http://$U:$P@h/\n',
  "      --password string   the password of the user\n",
  'FATAL: password authentication failed for user "x" (token: unexpected)\n',
  "automountServiceAccountToken: false\nPOSTGRES_PASSWORD: <set to the key 'p' in secret 's'>\n",
  "apiVersion: v1\ndata:\n  app.properties: |\n    a=b\n    c=d\n\n    e\n  x: y\nkind: ConfigMap\nmetadata:\n  name: z\n",
  '{"data":{"ping":"pong"},"errors":[]}\n{"data": {"user": {"name": "x"}}}\n{"data":[1,2]}\n',
  "data:\n  - list\n  - of things\nend\n",
  "data:\n  nested:\n    deeper: 1\nother: 2\n",
  "http://h:8080/a?b=c@d https://[::1]:80/ ssh://git@host/x git@host:path\n",
  "metadata:\n  name: secret-reader\nkind: SecretList\nsecretKeyRef: {key: password, name: s}\n",
  "eyJ eyJhbGci. eyJx.y.z\n",
  "\x00\x1b[31mred\x1b[0m\r50%\r100%\n\xff\xfe\x80 token\n",
  "if (token == null) { password === x }\n",
];

import { AUTHS, PACKAGE_MANAGERS, TEMPLATES } from './choices.js'

const lines = (choices: Readonly<Record<string, string>>): string =>
  Object.entries(choices)
    .map(([name, hint]) => `                           ${name.padEnd(9)} ${hint}`)
    .join('\n')

/** What `--help` prints. */
export const USAGE: string = `create-mcp-secure [directory]

Starts an MCP server that real clients log in to. Asks for what the command line
leaves open; without a terminal it asks nothing and takes the defaults.

  --name NAME              of the package; the directory's own name by default
  -t, --template NAME      what the project starts as:
${lines(TEMPLATES)}
  --auth NAME              the authorization server:
${lines(AUTHS)}
  --issuer URL             the issuer of that one
  --package-manager NAME   ${PACKAGE_MANAGERS.join(', ')}; the one that started this by default
  -y, --yes                ask nothing
  --no-install             install no packages
  --no-git                 leave git alone
  -h, --help               print this
  --version                print the version

Examples:
  npx create-mcp-secure
  npx create-mcp-secure my-notes --template notes --yes
  npx create-mcp-secure . --auth oidc --issuer https://login.example.com
  npm create mcp-secure@latest my-server -- --template api
  pnpm create mcp-secure my-server
`

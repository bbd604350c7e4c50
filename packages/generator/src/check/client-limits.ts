import type { ClientId } from '../model/clients.js'

/** What a client does not take of a schema. What each kind means is in `limit-kinds.ts`. */
export type LimitKind =
  | { readonly kind: 'root-keyword'; readonly keywords: readonly string[] }
  | { readonly kind: 'keyword'; readonly keywords: readonly string[] }
  | { readonly kind: 'reference' }
  | { readonly kind: 'boolean-schema' }
  | { readonly kind: 'list-of-types' }
  | { readonly kind: 'no-type' }
  | { readonly kind: 'array-without-items' }
  | { readonly kind: 'tuple-closed-by-items' }
  | { readonly kind: 'object-without-properties' }
  | { readonly kind: 'root-property-name'; readonly allowed: RegExp }
  | { readonly kind: 'lookaround' }
  | { readonly kind: 'integer-alternative' }

/** One thing that one client is known to refuse. */
export type ClientLimit = LimitKind & {
  readonly client: ClientId
  /** Models see inputs; outputs are read by the client's own code. */
  readonly sides: readonly ('input' | 'output')[]
}

const INPUT = ['input'] as const
const BOTH = ['input', 'output'] as const

/**
 * What clients are known to refuse, a row each, with where it was seen. A limit
 * that nobody has met is not here: it would keep people from what works.
 */
export const CLIENT_LIMITS: readonly ClientLimit[] = [
  // "input_schema does not support oneOf, allOf, or anyOf at the top level", for the whole request:
  // anomalyco/opencode#47543, mobile-next/mobile-mcp#344, makenotion/notion-mcp-server#340
  { client: 'claude', sides: INPUT, kind: 'root-keyword', keywords: ['oneOf', 'anyOf', 'allOf'] },
  // `if` and `then` at the root drop the tool: anthropics/claude-code#95504
  { client: 'claude', sides: INPUT, kind: 'root-keyword', keywords: ['if', 'then', 'else'] },
  // "Property keys should match pattern": anthropics/claude-code#79418; only the root's: decocms/studio#6874
  { client: 'claude', sides: INPUT, kind: 'root-property-name', allowed: /^[a-zA-Z0-9_.-]{1,64}$/ },
  // One `true` as a property drops all tools of the server: anthropics/claude-code#92900
  { client: 'claude', sides: INPUT, kind: 'boolean-schema' },
  // Claude Desktop sends null for what stands behind a reference: PrefectHQ/fastmcp#1193
  { client: 'claude', sides: INPUT, kind: 'reference' },
  // "tools fetch failed" for the whole server: anthropics/claude-code#76040, #77106
  { client: 'claude', sides: ['output'], kind: 'reference' },

  // "schema must have type 'object' and not have … at the top level":
  // nspady/google-calendar-mcp#39; with `const`: goruck/home-generative-agent#545
  {
    client: 'chatgpt',
    sides: INPUT,
    kind: 'root-keyword',
    keywords: ['oneOf', 'anyOf', 'allOf', 'enum', 'const', 'not'],
  },
  // "regex lookaround is not supported": SmartBear/smartbear-mcp#491, vercel/ai#21037
  { client: 'chatgpt', sides: INPUT, kind: 'lookaround' },
  // "object schema missing properties": github/copilot-cli#1825
  { client: 'chatgpt', sides: INPUT, kind: 'object-without-properties' },
  // "array schema missing items": NousResearch/hermes-agent#24158
  { client: 'chatgpt', sides: INPUT, kind: 'array-without-items' },
  // Invalid function parameters: moltis-org/moltis#698
  { client: 'chatgpt', sides: INPUT, kind: 'keyword', keywords: ['not', 'if', 'then', 'else'] },
  // "'uniqueItems' is not permitted": 1jehuang/jcode#687
  { client: 'chatgpt', sides: INPUT, kind: 'keyword', keywords: ['uniqueItems'] },

  // The last three, seen on Codex's own path: moltis-org/moltis#698, NousResearch/hermes-agent#24158
  { client: 'codex', sides: INPUT, kind: 'keyword', keywords: ['not', 'if', 'then', 'else'] },
  { client: 'codex', sides: INPUT, kind: 'array-without-items' },
  // `true`, and what has no type, is told to the model as a text: codex-rs, sanitize_json_schema
  { client: 'codex', sides: INPUT, kind: 'boolean-schema' },
  { client: 'codex', sides: INPUT, kind: 'no-type' },

  // Any of these at the root fails every request: code-yeongyu/senpi#952
  { client: 'cursor', sides: INPUT, kind: 'root-keyword', keywords: ['oneOf', 'anyOf', 'allOf'] },
  // "must be of type null,string, got string": cursor/cursor#3778, #3540
  { client: 'cursor', sides: INPUT, kind: 'list-of-types' },
  // The same check knows numbers, but in a union no integers: cursor/cursor#3540
  { client: 'cursor', sides: INPUT, kind: 'integer-alternative' },
  // "can't resolve reference": davideast/stitch-mcp#184
  { client: 'cursor', sides: BOTH, kind: 'reference' },

  // "boolean schema is false" for what a tool returned: ScriptedAlchemy/agent-bundle#580
  { client: 'cursor', sides: ['output'], kind: 'tuple-closed-by-items' },

  // The client of version 1 reads draft 07, where `items: false` allows no item: @modelcontextprotocol/sdk 1.32.2
  { client: 'sdk', sides: ['output'], kind: 'tuple-closed-by-items' },

  // "missing types in its parameter schema", a `$ref` and an empty schema among them: google-gemini/gemini-cli,
  // hasValidTypes; tanaikech/ToolsForMCPServer, release notes of 1.0.22
  { client: 'gemini', sides: INPUT, kind: 'no-type' },
  { client: 'gemini', sides: INPUT, kind: 'reference' },
  // A list of types, or `true`, fails every request: github/copilot-cli#4623
  { client: 'gemini', sides: INPUT, kind: 'list-of-types' },
  { client: 'gemini', sides: INPUT, kind: 'boolean-schema' },
  // "Unknown name const": zed-industries/zed#45552
  { client: 'gemini', sides: INPUT, kind: 'keyword', keywords: ['const'] },

  // "tool parameters array type must have items", for the whole session: microsoft/vscode#246119, #325618
  { client: 'vscode', sides: INPUT, kind: 'array-without-items' },
  // Definitions are cut off, references stay: microsoft/vscode#286415, github/copilot-cli#1876
  { client: 'vscode', sides: INPUT, kind: 'reference' },
  // "object schema missing properties": github/copilot-cli#1825
  { client: 'vscode', sides: INPUT, kind: 'object-without-properties' },
]

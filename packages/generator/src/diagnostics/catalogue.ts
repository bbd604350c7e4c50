export type Severity = 'error' | 'warning'

/** One kind of finding. Without a cause and a fix it does not compile. */
export interface Entry<Params> {
  readonly severity: Severity
  /** The broken state in a few words. */
  readonly title: string
  readonly message: (params: Params) => string
  /** Why this is a finding at all. */
  readonly cause: string
  /** What to do about it. */
  readonly fix: string
  /** Repaired source, where showing it says more than words, and the file of this repository that it stands in. */
  readonly example?: { readonly file: string; readonly text: string }
}

/** What each message needs to know. The codes of the catalogue are the keys of this type. */
export interface DiagnosticParams {
  'access-conflict': { item: string }
  'access-looser': { subject: string; change: string }
  'access-missing': { item: string }
  'ambiguous-uri': { resource: string; uri: string; other: string }
  'annotation-unknown': { tool: string; annotation: string; problem: string }
  'arguments-not-object': { prompt: string }
  'audience-compatibility-unsafe': { entry: string; problem: string }
  'baseline-missing': Record<never, never>
  'baseline-opens-nothing': { scopes: string }
  'completion-unknown': { item: string; what: string; name: string; hint: string }
  'condition-impossible': { item: string; condition: string; problem: string }
  'condition-pointless': { item: string; condition: string; problem: string }
  'contradicting-hints': { tool: string }
  'default-export-missing': { file: string; directory: string; kind: string; define: string }
  'description-missing': { item: string }
  'description-too-long': { what: string; length: string; longest: string; client: string }
  'destructive-tool-at-baseline': { tool: string; level: string }
  'downstream-is-resource': { item: string; service: string }
  'downstream-not-offered': { item: string }
  'downstream-unsafe': { item: string; problem: string }
  'downstream-without-caller': { item: string }
  'empty-scopes': { item: string }
  'env-name-reserved': { name: string; setting: string }
  'env-name-reused': { name: string; setting: string; other: string }
  'env-name-unsafe': { name: string }
  'environment-missing': { file: string; error: string; names: string }
  'evaluation-disagrees': { what: string; written: string; evaluated: string }
  'exchange-unused': Record<never, never>
  'file-unreadable': { file: string; problem: string }
  'foreign-file': { file: string }
  'generated-stale': { file: string; problem: string }
  'grants-unknown-scope': { scope: string; hint: string }
  'handler-missing': { item: string; handler: string }
  'header-annotation-exposes': { item: string; argument: string }
  'header-annotation-misplaced': { item: string; problem: string }
  'hidden-characters': { what: string; characters: string }
  'host-is-address': { setting: string; url: string }
  'icon-unsafe': { owner: string; problem: string }
  'implied-scope': { item: string; scope: string; wider: string }
  'implies-cycle': { cycle: string }
  'implies-unknown-scope': { scope: string; implied: string; hint: string }
  'import-cycle': { name: string; file: string; cycle: string }
  'instructing-text': { what: string; problem: string; words: string }
  'introspection-missing': Record<never, never>
  'introspection-unused': Record<never, never>
  'issuer-is-resource': { issuer: string }
  'issuer-repeated': { issuer: string; other: string }
  'issuer-unsafe': { issuer: string; problem: string }
  'limit-unsafe': { what: string; limit: string; problem: string }
  'list-without-variables': { resource: string }
  'lock-missing': Record<never, never>
  'lock-stale': { problem: string }
  'lock-unreadable': { problem: string }
  'long-name': { tool: string; client: string; excess: string; effect: string }
  'metadata-unsafe': { tool: string; problem: string }
  'module-ends-process': { file: string; exit: string }
  'module-hangs': { file: string; seconds: string }
  'module-throws': { file: string; error: string }
  'name-taken': { name: string; other: string }
  'names-alike-when-cut': { tool: string; other: string }
  'not-a-definition': { file: string; define: string; found: string }
  'not-utf-8': { file: string }
  'only-for-ambiguous': { item: string; list: string }
  'opaque-issuers-several': Record<never, never>
  'output-busy': Record<never, never>
  'output-linked': { directory: string; where: string }
  'output-not-closed': { item: string; problem: string }
  'package-unreadable': { problem: string }
  'project-missing': { directory: string }
  'public-tool-writes': { tool: string }
  'read-only-tool-with-writing-scope': { tool: string; scope: string }
  'repeated-scope': { item: string; scope: string }
  'reserved-scope': { scope: string }
  'resource-unsafe': { resource: string; problem: string }
  'schema-accepts-anything': { item: string; side: string }
  'schema-invalid': { item: string; side: string; problem: string }
  'schema-not-portable': { item: string; side: string; what: string; clients: string; cure: string }
  'schema-reference-unresolved': { item: string; side: string; reference: string }
  'schema-unrepresentable': { item: string; side: string; problem: string }
  'scope-description-missing': { scope: string }
  'scope-set-redundant': { item: string; set: string; other: string }
  'scopes-alike': { scope: string; other: string }
  'secret-in-public-variable': { name: string; setting: string }
  'secret-written-down': { setting: string }
  'server-missing': Record<never, never>
  'server-property-missing': { property: string }
  'server-unreadable': { construct: string }
  'services-unreadable': { construct: string }
  'subscribe-without-rule': { resource: string }
  'syntax-error': { problem: string }
  'tools-missing': Record<never, never>
  'tsconfig-unreadable': { problem: string }
  'ungrantable-scope': { scope: string }
  'unknown-client': { client: string; hint: string }
  'unknown-denials': { problem: string; hint: string }
  'unknown-property': { owner: string; property: string; hint: string }
  'unknown-scope': { item: string; scope: string; hint: string }
  'unknown-use': { item: string; use: string; hint: string }
  'unneeded-scope': { scope: string }
  'unreadable-access': { item: string; construct: string }
  'unreadable-audit': { tool: string; construct: string }
  'unreadable-auth': { setting: string; construct: string }
  'unreadable-clients': { construct: string }
  'unreadable-condition': { item: string; condition: string; construct: string }
  'unreadable-definition': { item: string; construct: string }
  'unreadable-downstream': { item: string; construct: string }
  'unreadable-limit': { what: string; construct: string }
  'unreadable-resource': { construct: string }
  'unreadable-scope': { scope: string; construct: string }
  'unreadable-scopes': { item: string; construct: string }
  'unreadable-uri': { resource: string; construct: string }
  'unreadable-uses': { item: string; construct: string }
  'unsafe-name': { name: string; problem: string }
  'unsafe-scope-name': { scope: string; problem: string }
  'unsafe-uri': { resource: string; uri: string; problem: string }
  'uri-missing': { resource: string }
  'value-not-text': { item: string; value: string }
  'variable-missing': { resource: string; variable: string }
  'variable-unknown': { resource: string; variable: string; hint: string }
  'write-failed': { file: string; problem: string }
}

export type DiagnosticCode = keyof DiagnosticParams

const WHY_STATIC =
  'What decides access is read from the source without running it, so that a reviewer and the compiler see the same thing. A value that only exists when the code runs cannot be read that way, and is never guessed.'

const WRITE_IT_OUT =
  'Write the value out where it stands, or as a `const` of literals in this file or in a file that this one imports by a relative path.'

/** A resource with one URI, and one with a template. */
const ONE_URI = {
  file: 'packages/generator/test/golden/offers/mcp/resources/all-notes.ts',
  text: "import { defineResource } from '@mcp-secure/spec'\n\nexport default defineResource({\n  uri: 'notes://notes',\n  description: 'The titles of your notes',\n  access: 'authenticated',\n  read: () => undefined,\n})",
} as const

const TEMPLATE = {
  file: 'packages/generator/test/golden/offers/mcp/resources/files/default.ts',
  text: "import { defineResource } from '@mcp-secure/spec'\nimport { z } from 'zod'\n\nexport default defineResource({\n  uri: 'files://docs/{section}/{+path}',\n  description: 'The manual',\n  access: 'public',\n  variables: { section: z.enum(['guide', 'reference']), path: z.string() },\n  read: ({ section, path }) => [section, path, { blob: new Uint8Array(1), mimeType: 'image/png' }],\n})",
} as const

/** Every finding there is: the messages, `mcp-gen explain` and `docs/diagnostics/` are printed from here. */
export const catalogue: { readonly [C in DiagnosticCode]: Entry<DiagnosticParams[C]> } = {
  'access-conflict': {
    severity: 'error',
    title: 'Two answers to who may use it',
    message: ({ item }) => `${item} has both scopes and access`,
    cause:
      '`scopes` and `access` are two answers to one question: who may use it. With both, it depends on the reader which one counts.',
    fix: 'Keep `scopes` if callers need a scope; keep `access` if every authenticated caller, or everybody, may. Remove the other.',
  },
  'access-looser': {
    severity: 'warning',
    title: 'Access that is looser than its lock says',
    message: ({ subject, change }) => `${subject} is looser than access.lock.json says: ${change}`,
    cause:
      '`access.lock.json` holds who may do what, as it was last looked at. Here somebody may do something that they might not by it, or may do it with less asked. A build never records that by itself, so that no review misses it; with `--check` it is an error.',
    fix: 'If it is meant, run `mcp-gen access accept` and commit access.lock.json: its diff is what a review sees. Else take the change back.',
  },
  'access-missing': {
    severity: 'error',
    title: 'A tool, resource or prompt that does not say who may use it',
    message: ({ item }) => `${item} does not say who may use it`,
    cause: 'There is no default: a forgotten rule must not open anything.',
    fix: "Add `scopes: ['…']` with the scopes that a caller needs, or `access: 'authenticated'` for every caller with a token, or `access: 'public'` for everybody.",
    example: {
      file: 'examples/notes/mcp/tools/delete-note.ts',
      text: "scopes: ['notes:write'],",
    },
  },
  'ambiguous-uri': {
    severity: 'error',
    title: 'One URI for two resources',
    message: ({ resource, uri, other }) => `'${uri}' of resource '${resource}' and ${other} can be the same URI`,
    cause:
      'Which resource a URI belongs to decides who may read it, so it must not depend on an order. A variable stands for any part between two slashes: `notes://note/{id}` is `notes://note/all` too.',
    fix: 'Give them parts that differ where neither has a variable, such as `notes://note/{id}` and `notes://notes/all`.',
  },
  'annotation-unknown': {
    severity: 'error',
    title: 'An annotation that MCP does not know',
    message: ({ tool, annotation, problem }) => `annotation '${annotation}' of tool '${tool}' ${problem}`,
    cause:
      'MCP defines four hints: readOnlyHint, destructiveHint, idempotentHint and openWorldHint, each true or false. Clients ignore any other, so a misspelled one warns nobody.',
    fix: 'Use one of the four hints with `true` or `false`, or remove it.',
    example: {
      file: 'examples/notes/mcp/tools/delete-note.ts',
      text: 'annotations: { destructiveHint: true, idempotentHint: true, openWorldHint: false },',
    },
  },
  'arguments-not-object': {
    severity: 'error',
    title: 'Arguments without names',
    message: ({ prompt }) => `arguments of prompt '${prompt}' is not an object with named properties`,
    cause: 'MCP lists the arguments of a prompt by name, and clients send them by name.',
    fix: 'Write `z.object({ … })` with a property for each argument.',
  },
  'audience-compatibility-unsafe': {
    severity: 'error',
    title: 'An audience rule that lets in too much',
    message: ({ entry, problem }) => `'${entry}' ${problem}`,
    cause:
      'A token for something else can be used by whoever it was meant for. A rule that accepts some of them all the same has to name each audience or client exactly, and the scopes of this server are what shows that a token is meant for it.',
    fix: 'Name the audience that the authorization server gives to this API alone, or the ids of the clients. Better: have it put the resource into `aud`, and remove the rule.',
  },
  'baseline-missing': {
    severity: 'warning',
    title: 'No scope is a baseline',
    message: () => 'no scope has baseline: true, so a fresh login asks for no scope at all',
    cause:
      'The first challenge asks for the baseline scopes. Without one, a user logs in, can do nothing, and has to consent a second time.',
    fix: 'Set `baseline: true` on the least dangerous scope that makes a first login useful, usually a reading one.',
    example: {
      file: 'examples/notes/mcp/server.ts',
      text: "'notes:read': { description: 'Read your notes', baseline: true },",
    },
  },
  'baseline-opens-nothing': {
    severity: 'warning',
    title: 'A first login that opens nothing',
    message: ({ scopes }) => `with ${scopes} alone, which a fresh login asks for, nothing can be used`,
    cause:
      'A client that gets the baseline scopes and is refused everywhere has to ask for more. Some clients do not: those on version 1 of the official SDK refresh their token instead, and stay outside for good.',
    fix: 'Set `baseline: true` on the scope of a tool that is useful at first and does no harm, usually one that reads.',
    example: {
      file: 'examples/notes/mcp/server.ts',
      text: "'notes:read': { description: 'Read your notes', baseline: true },",
    },
  },
  'completion-unknown': {
    severity: 'error',
    title: 'Suggestions for something that does not exist',
    message: ({ item, what, name, hint }) => `complete of ${item} has '${name}', which is no ${what} of it.${hint}`,
    cause: 'Clients ask for suggestions by the names that they were told, so these would never be asked for.',
    fix: 'Correct the name, or remove it from `complete`.',
  },
  'condition-impossible': {
    severity: 'error',
    title: 'A condition that nobody can meet',
    message: ({ item, condition, problem }) => `${condition} of ${item} ${problem}`,
    cause:
      'Whoever may use it has to meet this condition as well, and no token can: every call would be refused, and clients would send their users to log in again and again.',
    fix: 'Give `maxAgeSeconds` a whole number of seconds, at least one and at most a year. List in `acr` the levels that the authorization server puts into its tokens, each one word. The embedded one knows no levels: leave `acr` out with it. Name in `onlyFor` issuers as `auth` does, and of their clients and tenants those that they accept.',
  },
  'condition-pointless': {
    severity: 'error',
    title: 'A condition that can never count',
    message: ({ item, condition, problem }) => `${condition} of ${item} means nothing: ${problem}`,
    cause:
      '`whenDenied` is about callers who lack a scope, `onlyFor` about who a caller is, `freshLogin` and `acr` about how a caller logged in, `argumentScopes` about what a tool is called with, `authorize` about what a caller may do with one object. Where there is no such thing the condition protects nothing, though it reads as if it did.',
    fix: 'Remove the condition, or say with `scopes` which callers may use it.',
  },
  'contradicting-hints': {
    severity: 'error',
    title: 'A tool that only reads, and destroys',
    message: ({ tool }) => `tool '${tool}' has both readOnlyHint: true and destructiveHint: true`,
    cause:
      'One of the two is wrong, and clients decide by them whether to ask before a call: some look at the first alone, and would call a tool that destroys without a question.',
    fix: 'Keep `readOnlyHint: true` if the tool changes nothing; keep `destructiveHint: true` if it may overwrite or remove something. Remove the other.',
  },
  'default-export-missing': {
    severity: 'error',
    title: 'A definition without a default export',
    message: ({ file, directory, kind, define }) =>
      `${file} has no default export: every file in ${directory}/ is a ${kind}, declared by ${define}()`,
    cause:
      'Every file in mcp/tools/ is a tool, in mcp/resources/ a resource, in mcp/prompts/ a prompt, and its default export says what it is.',
    fix: 'Add `export default defineTool({ … })`, or the same with defineResource or definePrompt. A helper gets a name that starts with `_`, or lives outside these folders.',
  },
  'description-missing': {
    severity: 'error',
    title: 'A tool, resource or prompt without a description',
    message: ({ item }) => `${item} has no description`,
    cause: 'The description is what a model, or a person, reads to decide whether to use it.',
    fix: 'Add `description` with one sentence that says what it does or holds.',
  },
  'description-too-long': {
    severity: 'warning',
    title: 'A text that a client cuts off',
    message: ({ what, length, longest, client }) =>
      `${what} has ${length} characters, of which ${client} keeps ${longest}`,
    cause:
      'What stands after that never reaches the model, and nobody is told: neither the user nor the server. It was seen with Claude Code, for descriptions of tools and for instructions.',
    fix: 'Say first what matters, and move the rest to the descriptions of the arguments, into a resource, or into what the tool answers.',
  },
  'destructive-tool-at-baseline': {
    severity: 'warning',
    title: 'A tool that destroys, open to every fresh login',
    message: ({ tool, level }) => `tool '${tool}' destroys, and opens to a token with ${level}`,
    cause:
      'What a first login is granted is granted without a second look, and a model that was misled can call this tool at once. With a scope of its own the user is asked when it is needed. It is a warning, because the user did consent, because some clients never ask for more, and because an error would teach people to leave the hint away.',
    fix: 'Give the tool a scope that is neither `baseline: true` nor implied by one that is.',
    example: {
      file: 'examples/notes/mcp/tools/delete-note.ts',
      text: "scopes: ['notes:write'],",
    },
  },
  'downstream-is-resource': {
    severity: 'error',
    title: 'A server that would call itself in the name of its callers',
    message: ({ item, service }) => `downstream of ${item} names this server itself: '${service}'`,
    cause:
      'A token for this server is one that its own guard takes. A handler that gets one with other scopes than its caller has would be a way around the scopes.',
    fix: 'Call what you need as a function, without the network. Name only other services in `downstream`.',
  },
  'downstream-not-offered': {
    severity: 'error',
    title: 'Tokens for other services that nobody gives',
    message: ({ item }) => `${item} gets tokens for other services, and no issuer exchanges any`,
    cause:
      'The token of a caller is for this server alone, and is never passed on. The authorization server that issued it can give another one for another service, if it is said how it is asked: `tokenExchange` of the issuer. The embedded authorization server does not exchange tokens.',
    fix: "Add `tokenExchange` to `oidc()` in mcp/server.ts: `tokenExchange: { form: 'rfc8693', clientId: env('EXCHANGE_CLIENT_ID'), clientSecret: env('EXCHANGE_CLIENT_SECRET') }`. Or call the service with credentials of this server, in mcp/services.ts.",
  },
  'downstream-unsafe': {
    severity: 'error',
    title: 'A service that is not bounded',
    message: ({ item, problem }) => `downstream of ${item} ${problem}`,
    cause:
      'A handler can get tokens for what stands in `downstream` and for nothing else: each service by the very name that its authorization server knows it by, and each scope that is needed there. Without scopes the authorization server would choose which.',
    fix: "Write each service out once, with its scopes: `{ audience: 'https://files.example.com', scopes: ['files:read'] }`.",
  },
  'downstream-without-caller': {
    severity: 'error',
    title: 'A public handler that would act in somebody’s name',
    message: ({ item }) => `${item} is public, and gets tokens for other services in its caller's name`,
    cause: 'Everybody may use what is public, without a token. There is none that could be exchanged.',
    fix: 'Say who may use it, with `scopes`, or remove `downstream`.',
  },
  'empty-scopes': {
    severity: 'error',
    title: 'An empty list of scopes',
    message: ({ item }) => `scopes of ${item} is empty, which does not say who may use it`,
    cause:
      'An empty list could mean nobody, everybody, or every caller with a token. It is refused instead of being read one way.',
    fix: "Name the scopes that a caller needs, in every set if there are several. For every caller with a token write `access: 'authenticated'`; for everybody, without a token, `access: 'public'`.",
  },
  'env-name-reserved': {
    severity: 'error',
    title: 'A variable that means something else',
    message: ({ name, setting }) =>
      `${setting} is read from ${name}, which already means something to the system, Node or every server`,
    cause:
      'Its value is there for another reason: a server that nobody configured would start with a wrong setting instead of refusing to start.',
    fix: 'Use a name of your own, such as `MCP_RESOURCE`.',
  },
  'env-name-reused': {
    severity: 'error',
    title: 'One variable for two settings',
    message: ({ name, setting, other }) => `${setting} is read from ${name}, and so is ${other}`,
    cause:
      'Two settings never have the same value: a resource that is its own issuer, or a secret that is published as a client id, is a hole, and whoever sets the variable cannot see it.',
    fix: 'Give each setting a variable of its own.',
  },
  'env-name-unsafe': {
    severity: 'error',
    title: 'Not a name of an environment variable',
    message: ({ name }) => `'${name}' is not a name that an environment variable can have everywhere`,
    cause:
      'Shells, containers and Windows agree only on letters, digits and underscores, not starting with a digit (POSIX.1, section 8.1).',
    fix: 'Use capital letters, digits and underscores, such as `MCP_RESOURCE`.',
  },
  'environment-missing': {
    severity: 'error',
    title: 'A module that needs the environment to be loaded',
    message: ({ file, error, names }) => `loading ${file} failed: ${error}. Not set in the environment: ${names}`,
    cause:
      'Tools, resources and prompts are loaded at build time to read their schemas, on machines that have no settings and should have no secrets.',
    fix: 'Read the variable in mcp/services.ts or in a handler: neither runs at build time. The settings of mcp/server.ts are named by `env( )` and read at boot.',
  },
  'evaluation-disagrees': {
    severity: 'error',
    title: 'The source says one thing and does another',
    message: ({ what, written, evaluated }) =>
      `${what} is written as ${written}, but is ${evaluated} when the file runs`,
    cause:
      'The policy is read from the source. If the module ends up with something else, a reviewer of the source would be misled, so nothing is generated.',
    fix: 'Do not change a spec after it is written: look for code that assigns to it, pushes into a shared array, or replaces it on export.',
  },
  'exchange-unused': {
    severity: 'warning',
    title: 'Token exchange that nothing uses',
    message: () => 'tokenExchange is set up, and nothing declares a service in downstream',
    cause:
      'The client that exchanges tokens may act in the name of every caller at other services. Its secret is asked for at boot and used for nothing.',
    fix: 'Remove `tokenExchange`, or declare in `downstream` of a tool, a resource or a prompt which services it calls.',
  },
  'file-unreadable': {
    severity: 'error',
    title: 'A file that may not be read',
    message: ({ file, problem }) => `${file} cannot be read: ${problem}`,
    cause:
      'Everything under mcp/ and generated/ is read, and what mcp/ imports. A file that is skipped could be the one that says who may call a tool.',
    fix: 'Give whoever runs `mcp-gen build` the right to read it, or remove it.',
  },
  'foreign-file': {
    severity: 'error',
    title: 'A file that mcp-gen did not write stands where it has to write',
    message: ({ file }) => `${file} was not written by mcp-gen and would be overwritten`,
    cause: 'A build overwrites and removes only files whose first line says that they are generated.',
    fix: 'Move the file somewhere else or delete it, then run `mcp-gen build` again.',
  },
  'generated-stale': {
    severity: 'error',
    title: 'A generated file that is not what mcp/ says',
    message: ({ file, problem }) => `${file} ${problem}`,
    cause:
      'Found by `mcp-gen build --check`, which writes nothing. What is generated is committed so that it can be reviewed: it has to be what a build of the same commit writes.',
    fix: 'Run `mcp-gen build` and commit what it writes. If that changes nothing, the version of mcp-gen that is installed here is another one.',
  },
  'grants-unknown-scope': {
    severity: 'error',
    title: 'An authorization server that grants a scope that is not declared',
    message: ({ scope, hint }) =>
      `scopes of an authorization server names '${scope}', which the server does not declare.${hint}`,
    cause:
      '`scopes` of an authorization server says which declared scopes its tokens can grant. A name that is not declared lets nothing through, and the scope that was meant is not in the list.',
    fix: 'Correct the name, declare the scope in `scopes` of the server, or remove it from the list.',
  },
  'handler-missing': {
    severity: 'error',
    title: 'A tool, resource or prompt without a handler',
    message: ({ item, handler }) => `${item} has no ${handler} function`,
    cause: 'What is listed to clients has to be answered.',
    fix: 'Add a function that returns the result: `run(input, context)` to a tool, `read(variables, context)` to a resource, `run(args, context)` to a prompt.',
    example: {
      file: 'examples/hello/mcp/tools/who-am-i.ts',
      text: 'run: (_input, { caller }) => ({ subject: caller.subject, clientId: caller.clientId, scopes: caller.scopes }),',
    },
  },
  'header-annotation-exposes': {
    severity: 'warning',
    title: 'Something private that is repeated in a header',
    message: ({ item, argument }) => `input of ${item} repeats '${argument}' in a header`,
    cause:
      'Clients repeat an argument with `x-mcp-header` in a header, and what stands between them and the server often logs headers. MCP keeps passwords, tokens and personal data out of them.',
    fix: 'Remove `x-mcp-header` from this argument. What a proxy routes by is a region, a tenant or a size.',
  },
  'header-annotation-misplaced': {
    severity: 'error',
    title: 'An argument that clients cannot repeat in a header',
    message: ({ item, problem }) => `x-mcp-header in the input of ${item} ${problem}`,
    cause:
      'MCP allows `x-mcp-header` on an argument of type string, integer or boolean that is reached from the root through properties alone, with a name that a header can have and that no other argument uses. Clients leave out the whole tool otherwise.',
    fix: 'Move the annotation to such an argument, or remove it. An argument that may be absent is `.optional()`, not `.nullable()`.',
  },
  'hidden-characters': {
    severity: 'error',
    title: 'A text with characters that nobody sees',
    message: ({ what, characters }) => `${what} holds characters that are not seen: ${characters}`,
    cause:
      'A model reads them, and the person who approves the text does not: whole sentences can be written in them. They come with text that was copied, or with text that was made to deceive. What writing needs is allowed: line breaks, tabs, emoji, the joiners of Arabic and Indic scripts.',
    fix: 'Write the text again by hand at this place, instead of copying it.',
  },
  'host-is-address': {
    severity: 'warning',
    title: 'A URL with a number for a host',
    message: ({ setting, url }) => `${setting} '${url}' names its host by an address`,
    cause:
      'Tokens are bound to this URL, and clients trust what answers there. An address is given to somebody else one day, few authorities issue certificates for one, and hosted clients do not reach a private one.',
    fix: 'Use a name that you own, such as `https://notes.example.com/mcp`.',
  },
  'icon-unsafe': {
    severity: 'error',
    title: 'An icon that clients cannot show safely',
    message: ({ owner, problem }) => `'icons' of ${owner} ${problem}`,
    cause:
      'Clients fetch an icon and show it beside the name, on machines of other people. MCP allows https URLs and data: URIs, and clients refuse or leave out anything else; what is inside the spec is in every list.',
    fix: "Give each icon a `src` that is an https URL, or a base64 data: URI of a small picture, and of the rest only `mimeType`, `sizes` such as `['48x48']` or `['any']`, and `theme`.",
    example: {
      file: 'packages/generator/test/golden/offers/mcp/tools/note.ts',
      text: "icons: [{ src: 'https://notes.example.com/note.svg', mimeType: 'image/svg+xml', sizes: ['any'] }],",
    },
  },
  'implied-scope': {
    severity: 'warning',
    title: 'A scope that another one implies',
    message: ({ item, scope, wider }) => `${item} needs scope '${scope}', which '${wider}' implies`,
    cause:
      'Every token that has the wider scope satisfies the narrower one, so naming both asks for nothing more. Either it is one too many, or `implies` says more than was meant.',
    fix: 'Remove the narrower scope here, or `implies` where the wider one is declared.',
  },
  'implies-cycle': {
    severity: 'error',
    title: 'Scopes that imply each other',
    message: ({ cycle }) => `scopes imply each other: ${cycle}`,
    cause:
      'A scope implies narrower ones. In a circle all of them mean the same, and granting the smallest grants the largest.',
    fix: 'Decide which scope is the narrower one and remove its `implies`.',
  },
  'implies-unknown-scope': {
    severity: 'error',
    title: 'A scope implies one that does not exist',
    message: ({ scope, implied, hint }) =>
      `scope '${scope}' implies '${implied}', which the server does not declare.${hint}`,
    cause: 'Only declared scopes can be granted, so only those can be implied.',
    fix: 'Correct the name, or declare the scope in `scopes` of mcp/server.ts.',
  },
  'import-cycle': {
    severity: 'error',
    title: 'Files that need each other to be loaded',
    message: ({ name, file, cycle }) => `'${name}' is needed before ${file} is loaded: ${cycle}`,
    cause:
      'Of two files that import each other one is loaded first, and finds nothing in the other yet. Which one that is differs between the build and the server, and with it what a schema says, or whether the server starts.',
    fix: 'Move what both need into a file that imports neither, such as mcp/_shared.ts, or use it inside a function only.',
  },
  'instructing-text': {
    severity: 'warning',
    title: 'A text that gives a model orders',
    message: ({ what, problem, words }) => `${what} ${problem}${words === '' ? '' : `: "${words}"`}`,
    cause:
      'Descriptions, titles and schemas go straight into what a model reads, so a text like this does what an attack does: clients and scanners that look for poisoned tools refuse the server, and if the text came from elsewhere, it may be one. It is a warning, because a tool can be about such texts.',
    fix: 'Say what the tool does, what it needs and what it returns, and leave it to the model and the user when to use it. If you did not write this text, find out where it came from.',
  },
  'introspection-missing': {
    severity: 'error',
    title: 'Opaque tokens and nobody to ask about them',
    message: () => "auth has tokens: 'opaque' but no introspection",
    cause:
      'An opaque token means nothing by itself: the server asks the issuer (RFC 7662), and has to say who asks (section 2.1), because an endpoint that answers anybody leaks what tokens may do.',
    fix: 'Add `introspection` with the client id and, from the environment, the secret of this server.',
    example: {
      file: 'packages/generator/test/golden/oidc/mcp/server.ts',
      text: "introspection: { clientId: 'notes', clientSecret: env('NOTES_SECRET') },",
    },
  },
  'introspection-unused': {
    severity: 'warning',
    title: 'Introspection that is never asked',
    message: () => "auth has introspection, but tokens: 'jwt' are verified without it",
    cause:
      'A JWT is verified with the keys of its issuer, and a token that fails is not tried again in another way. The secret is asked for at boot and used for nothing, and a revoked token stays valid until it expires.',
    fix: "Remove `introspection`, or write `tokens: 'opaque'` if every token should be asked about.",
  },
  'issuer-is-resource': {
    severity: 'error',
    title: 'A server that would be its own authorization server',
    message: ({ issuer }) => `the issuer is the resource itself: '${issuer}'`,
    cause:
      'The resource is the URL of the MCP endpoint, the issuer that of the authorization server. With one URL for both, a client looks for logins where only tools answer, and a token that was meant for the one is accepted by the other.',
    fix: 'Write the issuer as the authorization server publishes it, such as `https://login.example.com`.',
  },
  'issuer-repeated': {
    severity: 'error',
    title: 'One authorization server twice',
    message: ({ issuer, other }) =>
      issuer === other
        ? `the issuer '${issuer}' is accepted twice`
        : `the issuer '${issuer}' is '${other}' in another spelling, which is accepted already`,
    cause:
      'Each issuer has one rule for its tokens. With two for the same one, which clients, tenants and audiences count would depend on the order or on a slash, and whoever reads the one rule takes it for all there is.',
    fix: 'Keep one of the two, spelt as the authorization server publishes itself. If the values for development are the same, give one of them another, or none.',
  },
  'issuer-unsafe': {
    severity: 'error',
    title: 'Not an issuer that clients accept',
    message: ({ issuer, problem }) => `issuer '${issuer}' ${problem}`,
    cause:
      'An issuer is an https URL without query and fragment (RFC 8414, section 2). Over http anybody on the way can exchange the keys that tokens are verified with; only a loopback address in development is exempt.',
    fix: "Use the https URL exactly as the authorization server publishes it in its metadata. If it differs between places, read it from the environment: `env('MCP_AUTH_ISSUER', { development: 'http://localhost:4000' })`.",
  },
  'limit-unsafe': {
    severity: 'error',
    title: 'A limit that limits nothing, or everything',
    message: ({ what, limit, problem }) => `limit '${limit}' of ${what} ${problem}`,
    cause:
      'A limit counts requests. Zero would refuse all of them, and what is no number would refuse none; there is no way to switch a limit off.',
    fix: 'Write a whole number from 1 to 1000000, or remove the limit to get its default.',
  },
  'list-without-variables': {
    severity: 'error',
    title: 'A list of one URI',
    message: ({ resource }) => `resource '${resource}' has a list function, but its URI has no variables`,
    cause: 'A resource with one URI is listed as it is. A list says which URIs of a template there are.',
    fix: 'Remove `list`, or put a variable into the URI, such as `notes://note/{id}`.',
  },
  'lock-missing': {
    severity: 'warning',
    title: 'A lock that was taken away',
    message: () => 'access.lock.json is not there, and generated/ is',
    cause:
      'A build writes both. Without the lock nothing says what became looser, and a new one would record whatever the spec says now: taking it away must not be the way around a review. A build leaves it missing; with `--check` that is an error.',
    fix: 'Bring it back, such as by `git checkout main -- access.lock.json`. If there never was one, run `mcp-gen access accept`, read what it says, and commit it.',
  },
  'lock-stale': {
    severity: 'error',
    title: 'A lock that is not what mcp/ says',
    message: ({ problem }) => `access.lock.json ${problem}`,
    cause:
      'Found by `mcp-gen build --check`, which writes nothing. Nothing became looser, but the lock of access is behind: what is looser later would be compared with it.',
    fix: 'Run `mcp-gen build` and commit access.lock.json.',
  },
  'lock-unreadable': {
    severity: 'error',
    title: 'A lock that cannot be read',
    message: ({ problem }) => `access.lock.json ${problem}`,
    cause:
      'What access is compared with has to be certain, so a lock that is damaged, in conflict, or made by a newer mcp-gen is never guessed at, and never overwritten.',
    fix: 'Bring back the one of the branch that you merge into, such as by `git checkout main -- access.lock.json`, and run `mcp-gen build`; it says what became looser since. If its version is newer, install the mcp-gen that wrote it.',
  },
  'long-name': {
    severity: 'warning',
    title: 'A name that gets too long with that of the server',
    message: ({ tool, client, excess, effect }) =>
      `together with the server's name, tool '${tool}' is ${excess} characters too long for ${client}, which ${effect}`,
    cause:
      'Clients put the name of the server before that of a tool, because a user may have many servers. The sum has a limit, and what goes beyond is dropped without a word to anybody. It is a warning, because users may give the server a shorter name.',
    fix: "Shorten the file's name, or `name` in mcp/server.ts.",
  },
  'metadata-unsafe': {
    severity: 'error',
    title: 'Metadata that MCP does not allow',
    message: ({ tool, problem }) => `'_meta' of tool '${tool}' ${problem}`,
    cause:
      'Keys of `_meta` belong to whoever owns their prefix. Those of MCP itself mean something to clients that nobody here defined, and what is not JSON never arrives.',
    fix: 'Use a prefix of a domain of yours, or of the client that defined the key, such as `com.example/panel`, and values that JSON has.',
    example: {
      file: 'packages/generator/test/golden/offers/mcp/tools/note.ts',
      text: "_meta: { 'com.example/panel': { wide: true } },",
    },
  },
  'module-ends-process': {
    severity: 'error',
    title: 'A module ends the process while it is loaded',
    message: ({ file, exit }) => `loading ${file} ended the process (${exit})`,
    cause:
      'Tools, resources and prompts are loaded at build time to read their schemas, and at boot. One that calls `process.exit`, or crashes, takes everything with it.',
    fix: 'Move what ends the process out of the top level of the file and of what it imports.',
  },
  'module-hangs': {
    severity: 'error',
    title: 'A module does not finish loading',
    message: ({ file, seconds }) => `loading ${file} did not finish within ${seconds} seconds`,
    cause:
      'Tools, resources and prompts are loaded at build time to read their schemas. A loop, or an `await` at the top level that waits for something that never comes, stops that.',
    fix: 'Move the loop or the `await` out of the top level: connections are opened in mcp/services.ts.',
  },
  'module-throws': {
    severity: 'error',
    title: 'A module throws while it is loaded',
    message: ({ file, error }) => `loading ${file} failed: ${error}`,
    cause:
      'Tools, resources and prompts are loaded at build time to read their schemas. What stands at their top level, and at that of what they import, runs then.',
    fix: 'If a package is not found, run `npm install`. Otherwise repair what throws: what needs a database or a variable of the environment belongs into mcp/services.ts or into a handler, which do not run at build time.',
  },
  'name-taken': {
    severity: 'error',
    title: 'Two files for one name',
    message: ({ name, other }) => `the name '${name}' is taken by ${other}`,
    cause:
      'A file name, without its folder, with `-` read as `_` and without regard to capitals, is the name of a tool, a resource or a prompt, and names are unique among those of one kind.',
    fix: 'Rename one of the two files.',
  },
  'names-alike-when-cut': {
    severity: 'error',
    title: 'Two names that a client makes one',
    message: ({ tool, other }) =>
      `Gemini CLI cuts the middle out of long names, and '${tool}' becomes what '${other}' is`,
    cause:
      'Of two tools with one name a client keeps one, and calls it when the other was meant. Gemini CLI keeps the first 28 and the last 32 characters of a name that is longer than 63.',
    fix: 'Shorten one of the two names, or let them differ at the beginning.',
  },
  'not-a-definition': {
    severity: 'error',
    title: 'The default export is not what the folder holds',
    message: ({ file, define, found }) => `the default export of ${file} has to be ${define}({ … }), and is ${found}`,
    cause:
      'The access rule is read from the object that is written inside `defineTool( )`, `defineResource( )` or `definePrompt( )` in this very file. Anything else hides who may use it.',
    fix: 'Write `export default defineTool({ … })` in mcp/tools/, the same with defineResource in mcp/resources/ and with definePrompt in mcp/prompts/, imported from @mcp-secure/spec.',
  },
  'not-utf-8': {
    severity: 'error',
    title: 'A file in another encoding than UTF-8',
    message: ({ file }) => `${file} is not UTF-8`,
    cause:
      'TypeScript is UTF-8. In a file of another encoding some characters would silently become others, in a description as well as in the name of a scope.',
    fix: 'Save the file as UTF-8.',
  },
  'only-for-ambiguous': {
    severity: 'error',
    title: 'A client or tenant of any of several authorization servers',
    message: ({ item, list }) => `onlyFor of ${item} names ${list} and not the one issuer that they belong to`,
    cause:
      'The id of a client is unique to the authorization server that knows it (RFC 6749, section 2.2), and tenants are named by each as it likes. Where tokens of several are accepted, somebody else who has the same name at another one would be let in.',
    fix: "Say whose they are, by one issuer of `auth`: `onlyFor: { clientIds: ['desk'], issuers: [env('STAFF_ISSUER')] }`.",
  },
  'opaque-issuers-several': {
    severity: 'error',
    title: 'Several authorization servers with opaque tokens',
    message: () => 'it is not the only authorization server with opaque tokens',
    cause:
      'An opaque token does not say who issued it. With two such issuers each would be shown tokens of the other, which it could then use itself, and would have to be asked about every one.',
    fix: "Keep one of them, and have the others issue JWTs: `tokens: 'jwt'`. The embedded authorization server issues opaque ones.",
  },
  'output-busy': {
    severity: 'error',
    title: 'Another build does not end',
    message: () => 'another mcp-gen build has been writing generated/ all the time',
    cause:
      'Two builds that write at once would leave files of both. Each waits for the other, some seconds at most; a lock that a killed build has left behind is taken over.',
    fix: 'End the other build, or remove generated/.mcp-gen.lock if there is none, and run `mcp-gen build` again.',
  },
  'output-linked': {
    severity: 'error',
    title: 'The output folder is a link',
    message: ({ directory, where }) => `${directory} is a link that leads ${where}`,
    cause:
      'Files there are replaced and removed. Through a link that happens somewhere else, where another project, or the spec itself, may have files of the same names.',
    fix: 'Remove the link and run `mcp-gen build` again: it makes the folder. If another place needs the files, link or copy them from there.',
  },
  'output-not-closed': {
    severity: 'error',
    title: 'An output that lets through what it does not name',
    message: ({ item, problem }) => `output of ${item} ${problem}`,
    cause:
      'An output schema is the list of what may leave the server: what it does not name is dropped. A part that takes any property, or any value, would hand out the next column that somebody adds to a table.',
    fix: 'Name the properties: `z.object({ … })` without `.loose()`, `.passthrough()` or `.catchall()`. For keys that are not known in advance use `z.record()` of a described value, in a property of its own; for free-form JSON a `z.string()` that holds it. In a raw JSON Schema write `additionalProperties: false`.',
  },
  'package-unreadable': {
    severity: 'error',
    title: 'package.json cannot be read',
    message: ({ problem }) => `package.json cannot be read: ${problem}`,
    cause: 'It says which packages the project uses, and with them whether tests of access and a client are generated.',
    fix: 'Correct package.json: it is one JSON object, without comments.',
  },
  'project-missing': {
    severity: 'error',
    title: 'There is no such project',
    message: ({ directory }) => `${directory} is not a folder`,
    cause: 'The folder given with --project, or the current one, holds mcp/server.ts and mcp/tools/.',
    fix: 'Give the folder of the project: `mcp-gen build --project DIR`.',
  },
  'public-tool-writes': {
    severity: 'error',
    title: 'A tool that writes, open to everybody',
    message: ({ tool }) => `tool '${tool}' is public, and does not say that it only reads`,
    cause:
      'Everybody, without a token, may call a public tool, and nobody can be asked afterwards who did. To MCP a tool without `readOnlyHint: true` is one that may change or destroy something, and clients treat it so.',
    fix: "If it only reads, add `annotations: { readOnlyHint: true }`. If it changes something, give it `scopes`, or `access: 'authenticated'`.",
    example: {
      file: 'templates/project/minimal/mcp/tools/current-time.ts',
      text: 'annotations: { readOnlyHint: true, openWorldHint: false },',
    },
  },
  'read-only-tool-with-writing-scope': {
    severity: 'warning',
    title: 'A tool that only reads, with a scope that writes',
    message: ({ tool, scope }) => `tool '${tool}' only reads, and needs scope '${scope}'`,
    cause:
      'Either it does not only read, and clients call it without asking because of a wrong hint, or it makes users grant more than it needs.',
    fix: 'Use a scope for reading, and declare one such as `notes:read` if there is none; or remove `readOnlyHint: true`.',
  },
  'repeated-scope': {
    severity: 'error',
    title: 'A scope that stands twice',
    message: ({ item, scope }) => `${item} names scope '${scope}' twice`,
    cause: 'A repeated scope changes nothing, so one of the two was meant to be another.',
    fix: 'Remove it, or write the scope that was meant.',
  },
  'reserved-scope': {
    severity: 'error',
    title: 'A scope that belongs to OpenID Connect or OAuth',
    message: ({ scope }) => `scope '${scope}' is reserved`,
    cause:
      '`openid`, `profile`, `email`, `address`, `phone` and `offline_access` mean something to authorization servers: they open an identity or a longer session, not a tool. MCP keeps `offline_access` out of challenges and metadata of a resource.',
    fix: "Name the scope by what it opens here, such as 'notes:read'.",
  },
  'resource-unsafe': {
    severity: 'error',
    title: 'Not a resource identifier that clients accept',
    message: ({ resource, problem }) => `resource '${resource}' ${problem}`,
    cause:
      'Tokens are bound to this very string (RFC 8707) and clients compare it, character for character, with the URL that they were given (RFC 9728, section 3.3). It is an absolute https URL with a path, without a fragment and without a trailing slash; http is for a loopback address in development.',
    fix: "Write the URL of the MCP endpoint as users type it, such as `https://notes.example.com/mcp`, or read it from the environment: `env('MCP_RESOURCE', { development: 'http://localhost:3000/mcp' })`.",
  },
  'schema-accepts-anything': {
    severity: 'error',
    title: 'A schema that accepts anything',
    message: ({ item, side }) => `${side} of ${item} accepts anything`,
    cause:
      'The schema is what the server checks and what a model reads. One that accepts anything checks nothing, and is often the silent result of a schema that could not be converted.',
    fix: 'Describe the value: `z.object({ … })`. A tool that takes nothing has no `input`, a prompt no `arguments`; free-form JSON goes into a property of an object.',
  },
  'schema-invalid': {
    severity: 'error',
    title: 'Not a JSON Schema of 2020-12',
    message: ({ item, side, problem }) => `${side} of ${item} is no JSON Schema of 2020-12: ${problem}`,
    cause:
      'What stands in jsonSchema() is sent to clients as it is, and the server validates by it. A word or a format that does not exist would check nothing, and other documents are not fetched.',
    fix: 'Correct the word that the message names. `$schema`, if it is there, names the dialect 2020-12; `nullable` is a type: `anyOf` with `null`.',
  },
  'schema-not-portable': {
    severity: 'error',
    title: 'A schema that a client refuses',
    message: ({ item, side, what, clients, cure }) => `${side} of ${item} has ${what}, refused by ${clients}. ${cure}`,
    cause:
      'Clients understand less of JSON Schema than the protocol allows, and one schema that they refuse often costs all tools of a server, without a word. What can be said in words that all of them know is rewritten; this cannot. docs/schemas.md says what each client is known to refuse, and where that was seen.',
    fix: 'Change the schema as the message says. If the server is not for that client, name those that it is for in mcp/server.ts.',
    example: {
      file: 'packages/generator/test/golden/recursive/mcp/server.ts',
      text: "clients: ['chatgpt', 'codex', 'sdk'],",
    },
  },
  'schema-reference-unresolved': {
    severity: 'error',
    title: 'A schema that points at something outside itself',
    message: ({ item, side, reference }) => `${side} of ${item} refers to '${reference}', which is not in it`,
    cause:
      'Clients do not fetch references over the network (MCP, JSON Schema usage), and a reference that leads nowhere makes the tool uncallable.',
    fix: 'Reference the zod object itself instead of writing a `$ref` by hand.',
  },
  'schema-unrepresentable': {
    severity: 'error',
    title: 'A schema that JSON Schema cannot say',
    message: ({ item, side, problem }) => `${side} of ${item} cannot be told to clients: ${problem}`,
    cause:
      'Clients see JSON Schema, and values travel as JSON. Dates, bigints, maps, sets, functions, custom types, flags of regular expressions and the results of transforms exist in neither.',
    fix: 'Use what JSON has: `z.iso.datetime()` for a date, `z.string()` for a bigint, `z.array()` or `z.record()` for sets and maps, `[Aa]` instead of a flag. On the output side, transform in the handler instead of in the schema, or `.pipe()` the transform into a schema. Build one schema with one copy of Zod.',
  },
  'scope-description-missing': {
    severity: 'error',
    title: 'A scope without a description',
    message: ({ scope }) => `scope '${scope}' has no description`,
    cause: 'The consent page shows it: without it a user grants something that nobody named.',
    fix: 'Add `description` with one sentence that says what a user allows by granting it.',
  },
  'scope-set-redundant': {
    severity: 'error',
    title: 'A set of scopes that changes nothing',
    message: ({ item, set, other }) => `${item} names the set '${set}', and whoever has that has '${other}' as well`,
    cause:
      'Any one set of `anyOf` is enough. Whoever holds this set holds another one too, directly or by what its scopes imply, so it opens nothing and one of the two was meant to be another.',
    fix: 'Remove the set, or write the scopes that were meant. If callers need all of them, name them in one list.',
  },
  'scopes-alike': {
    severity: 'error',
    title: 'Scopes that differ in capitals or separators alone',
    message: ({ scope, other }) => `scope '${scope}' differs from '${other}' in capitals or separators alone`,
    cause:
      'To OAuth they are two scopes (RFC 6749, section 3.3). To people they are one, and some authorization servers do not tell capitals apart either: sooner or later the wrong one is granted.',
    fix: 'Keep one of them, or give them names that differ in a word.',
  },
  'secret-in-public-variable': {
    severity: 'error',
    title: 'A secret in a variable that front-end tools publish',
    message: ({ name, setting }) => `${setting} is read from ${name}, which front-end tools publish`,
    cause:
      'Next.js, Vite and others write the value of a variable with such a prefix into the files that browsers load. With a front end in the same repository the secret is on the web.',
    fix: 'Use a name without the prefix, such as `MCP_INTROSPECTION_SECRET`, and replace the secret if it was ever set under this one.',
  },
  'secret-written-down': {
    severity: 'error',
    title: 'A secret in the source',
    message: ({ setting }) => `${setting} is written into the spec`,
    cause: 'What stands in a spec lands in version control and in generated/.',
    fix: "Name the variable that holds it: `env('MCP_INTROSPECTION_SECRET')`, without a development value, and replace the secret that was written down.",
  },
  'server-missing': {
    severity: 'error',
    title: 'There is no mcp/server.ts',
    message: () => 'mcp/server.ts does not exist',
    cause: 'It declares the server: its name, its resource, its scopes and who issues its tokens.',
    fix: 'Create mcp/server.ts with `export default defineServer({ … })`, or give the right folder with --project.',
    example: {
      file: 'examples/hello/mcp/server.ts',
      text: "import { defineServer, embedded, env } from '@mcp-secure/spec'\n\nexport default defineServer({\n  name: 'hello',\n  version: '1.0.0',\n  resource: env('MCP_RESOURCE', { development: 'http://localhost:3000/mcp' }),\n  scopes: {\n    'greet:person': { description: 'Greet people by name', baseline: true },\n    'greet:world': { description: 'Greet the whole world', implies: ['greet:person'] },\n  },\n  auth: embedded(),\n})",
    },
  },
  'server-property-missing': {
    severity: 'error',
    title: 'The server lacks a property',
    message: ({ property }) => `the server has no ${property}`,
    cause:
      '`name`, `version`, `resource`, `scopes` and `auth` are what a server is made of. None of them has a default that would be safe for everybody.',
    fix: 'Add the property to defineServer({ … }) in mcp/server.ts.',
  },
  'server-unreadable': {
    severity: 'error',
    title: 'The server cannot be read',
    message: ({ construct }) => `mcp/server.ts cannot be read: ${construct}`,
    cause: WHY_STATIC,
    fix: 'Write `export default defineServer({ … })` with the properties written out, defineServer imported from @mcp-secure/spec.',
  },
  'services-unreadable': {
    severity: 'error',
    title: 'mcp/services.ts does not export services',
    message: ({ construct }) => `mcp/services.ts cannot be used: ${construct}`,
    cause:
      'The default export of mcp/services.ts is what the generated server opens at boot and hands to every handler.',
    fix: 'Write `export default defineServices({ open() { … }, close(services) { … } })`, or remove the file.',
  },
  'subscribe-without-rule': {
    severity: 'error',
    title: 'Subscriptions to a template for everybody with the scopes',
    message: ({ resource }) => `subscribe of resource '${resource}' does not say who may know of which one`,
    cause:
      'Each resource of a template may belong to somebody else. With `true`, whoever holds the scopes could subscribe to any of them, and would learn which exist and when they change.',
    fix: 'Give a function that says whether this caller may know of this one: `subscribe: ({ id }, { caller, services }) => services.notes.has(caller.subject, id)`.',
  },
  'syntax-error': {
    severity: 'error',
    title: 'Not TypeScript',
    message: ({ problem }) => problem,
    cause: 'The file cannot be parsed.',
    fix: 'Correct the syntax at this place.',
  },
  'tools-missing': {
    severity: 'warning',
    title: 'There are no tools',
    message: () => 'mcp/tools/ holds no tool, and there is no resource and no prompt either',
    cause:
      'A server without tools, resources and prompts has nothing to offer. Files that start with `_` or end in .test.ts, .spec.ts or .d.ts are not tools.',
    fix: 'Add a file such as mcp/tools/list-notes.ts with `export default defineTool({ … })`.',
  },
  'tsconfig-unreadable': {
    severity: 'error',
    title: 'tsconfig.json cannot be read',
    message: ({ problem }) => `tsconfig.json cannot be read: ${problem}`,
    cause: 'It says how imports are resolved, and reading scopes follows imports.',
    fix: 'Correct tsconfig.json, or the file that it extends.',
  },
  'ungrantable-scope': {
    severity: 'error',
    title: 'A scope that nothing can grant',
    message: ({ scope }) => `scope '${scope}' can be granted by no authorization server`,
    cause:
      'Every authorization server of `auth` says by `scopes` what its tokens can grant, and none of them names this scope or one that implies it. What needs it is closed to everybody, and whoever is asked for it logs in again and again.',
    fix: 'Name it in `scopes` of the authorization server that grants it, or remove it.',
  },
  'unknown-client': {
    severity: 'error',
    title: 'A client that is not known',
    message: ({ client, hint }) => `there is no client '${client}'.${hint}`,
    cause: '`clients` names the clients whose limits the schemas keep. A name that is not known would keep none.',
    fix: "Use 'claude', 'chatgpt', 'codex', 'cursor', 'gemini', 'vscode' or 'sdk', or remove `clients`: the limits of all of them are kept then.",
  },
  'unknown-denials': {
    severity: 'error',
    title: 'A form of refusals that there is not',
    message: ({ problem, hint }) => `denials is ${problem}, not 'by-caller', 'http' or 'result'.${hint}`,
    cause:
      '`denials` says where a client finds the challenge of a refused call: in the status and header of HTTP, or in the result. A client that looks in the other place cannot log its user in.',
    fix: "Remove `denials`, so that the form is chosen by who calls, or use 'http' or 'result' for a server whose clients are all of one kind.",
  },
  'unknown-property': {
    severity: 'error',
    title: 'A property that means nothing',
    message: ({ owner, property, hint }) => `${owner} has '${property}', which is no property of it.${hint}`,
    cause:
      'Nobody reads it, so what it was meant to say is not said: a limit that does not hold, or a hint that nobody sees. TypeScript says so as well, but a build does not wait for it.',
    fix: 'Correct the name, or remove the property.',
  },
  'unknown-scope': {
    severity: 'error',
    title: 'A scope that the server does not declare',
    message: ({ item, scope, hint }) => `${item} needs scope '${scope}', which the server does not declare.${hint}`,
    cause: 'Nobody could ever be granted it, so it would be closed to everybody. Usually it is a typo.',
    fix: 'Correct the name, or declare the scope in `scopes` of mcp/server.ts.',
  },
  'unknown-use': {
    severity: 'error',
    title: 'A use that does not exist',
    message: ({ item, use, hint }) => `${item} uses '${use}', which does not exist.${hint}`,
    cause: 'A handler is given what it says that it uses, and nothing else. This would give it nothing.',
    fix: 'Use `progress`, `logging`, `elicitation`, `sampling`, `roots`, `changes` or `polling`, or remove it.',
  },
  'unneeded-scope': {
    severity: 'warning',
    title: 'A scope that nothing needs',
    message: ({ scope }) => `scope '${scope}' is needed by nothing, and implies nothing that is`,
    cause:
      'Users are asked to grant it and get nothing for it, and whoever steals a token gets more than there had to be. Scopes that a handler looks at by itself are not seen here, and not in ACCESS.md.',
    fix: 'Remove it, or name it in `scopes` of what it is for.',
  },
  'unreadable-access': {
    severity: 'error',
    title: 'access cannot be read from the source',
    message: ({ item, construct }) => `access of ${item} cannot be read: ${construct}`,
    cause: WHY_STATIC,
    fix: "Write `access: 'authenticated'` or `access: 'public'`.",
  },
  'unreadable-audit': {
    severity: 'error',
    title: 'audit cannot be read from the source',
    message: ({ tool, construct }) => `audit of tool '${tool}' cannot be read: ${construct}`,
    cause:
      'Whether arguments are kept in audit records has to be plain to whoever reviews the spec, so it is read from the source and never guessed.',
    fix: 'Write `audit: { arguments: true }`, or remove it: then no argument is kept.',
  },
  'unreadable-auth': {
    severity: 'error',
    title: 'auth cannot be read from the source',
    message: ({ setting, construct }) => `${setting} cannot be read: ${construct}`,
    cause: WHY_STATIC,
    fix: `Use embedded() or oidc({ … }) of @mcp-secure/spec. ${WRITE_IT_OUT} What differs between places is read at boot by env('NAME').`,
  },
  'unreadable-clients': {
    severity: 'error',
    title: 'clients cannot be read from the source',
    message: ({ construct }) => `clients cannot be read: ${construct}`,
    cause:
      'Which limits the schemas keep is read from the source without running it, as everything that says what the server promises.',
    fix: "Write a list of names, such as `clients: ['claude', 'vscode']`, or remove it: the limits of all clients are kept then.",
  },
  'unreadable-condition': {
    severity: 'error',
    title: 'A condition of access cannot be read from the source',
    message: ({ item, condition, construct }) => `${condition} of ${item} cannot be read: ${construct}`,
    cause: WHY_STATIC,
    fix: WRITE_IT_OUT,
  },
  'unreadable-definition': {
    severity: 'error',
    title: 'A tool, resource or prompt whose properties cannot be read',
    message: ({ item, construct }) => `${item} cannot be read: ${construct}`,
    cause: `${WHY_STATIC} A spread or a computed key can bring scopes or access with it.`,
    fix: 'Write an object into defineTool({ … }), defineResource({ … }) or definePrompt({ … }) and name its properties there.',
  },
  'unreadable-downstream': {
    severity: 'error',
    title: 'downstream cannot be read from the source',
    message: ({ item, construct }) => `downstream of ${item} cannot be read: ${construct}`,
    cause: WHY_STATIC,
    fix: WRITE_IT_OUT,
  },
  'unreadable-limit': {
    severity: 'error',
    title: 'limits cannot be read from the source',
    message: ({ what, construct }) => `limits of ${what} cannot be read: ${construct}`,
    cause:
      'What is in force has to be plain to whoever reviews the spec, so it is read from the source and never guessed.',
    fix: 'Write the numbers where they hold, such as `limits: { perMinute: 10 }`, or name a constant that is a number.',
  },
  'unreadable-resource': {
    severity: 'error',
    title: 'resource cannot be read from the source',
    message: ({ construct }) => `resource cannot be read: ${construct}`,
    cause: WHY_STATIC,
    fix: "Write the URL, or name the variable that holds it: `env('MCP_RESOURCE', { development: 'http://localhost:3000/mcp' })`.",
  },
  'unreadable-scope': {
    severity: 'error',
    title: 'A declared scope cannot be read from the source',
    message: ({ scope, construct }) => `${scope} cannot be read: ${construct}`,
    cause: WHY_STATIC,
    fix: WRITE_IT_OUT,
  },
  'unreadable-scopes': {
    severity: 'error',
    title: 'scopes cannot be read from the source',
    message: ({ item, construct }) => `scopes of ${item} cannot be read: ${construct}`,
    cause: WHY_STATIC,
    fix: WRITE_IT_OUT,
    example: {
      file: 'examples/notes/mcp/tools/delete-note.ts',
      text: "scopes: ['notes:write'],",
    },
  },
  'unreadable-uri': {
    severity: 'error',
    title: 'uri cannot be read from the source',
    message: ({ resource, construct }) => `uri of resource '${resource}' cannot be read: ${construct}`,
    cause: WHY_STATIC,
    fix: WRITE_IT_OUT,
    example: ONE_URI,
  },
  'unreadable-uses': {
    severity: 'error',
    title: 'uses cannot be read from the source',
    message: ({ item, construct }) => `uses of ${item} cannot be read: ${construct}`,
    cause: WHY_STATIC,
    fix: WRITE_IT_OUT,
  },
  'unsafe-name': {
    severity: 'error',
    title: 'A file name that is no name for clients',
    message: ({ name, problem }) => `'${name}' ${problem}`,
    cause:
      'MCP allows letters, digits, `_`, `-` and `.` in a name; clients that hand tools to a model allow less: letters, digits and `_`, at most 64. Names that are not portable make it disappear there.',
    fix: 'Rename the file: letters, digits and `-`, starting with a letter, such as `delete-note.ts`.',
  },
  'unsafe-scope-name': {
    severity: 'error',
    title: 'Not a name that a scope can have',
    message: ({ scope, problem }) => `scope '${scope}' ${problem}`,
    cause:
      'A scope is printable ASCII without space, `"` and `\\` (RFC 6749, section 3.3); in a request they are separated by spaces.',
    fix: "Use letters, digits and punctuation, such as 'notes:read'.",
  },
  'unsafe-uri': {
    severity: 'error',
    title: 'Not a URI that a resource can have',
    message: ({ resource, uri, problem }) => `uri '${uri}' of resource '${resource}' ${problem}`,
    cause:
      'A URI is read back into its variables, and which resource it belongs to decides who may read it. So it has one spelling and one reading: of RFC 6570 only `{name}`, for a whole part between two slashes, and `{+name}` at the end, for one part or several.',
    fix: 'Write one URI, such as `notes://all`, or a template, such as `notes://note/{id}` or `files://docs/{+path}`.',
    example: TEMPLATE,
  },
  'uri-missing': {
    severity: 'error',
    title: 'A resource without a URI',
    message: ({ resource }) => `resource '${resource}' has no uri`,
    cause: 'A resource is read by its URI.',
    fix: 'Add `uri` with one URI, or with a template that has variables.',
    example: ONE_URI,
  },
  'value-not-text': {
    severity: 'error',
    title: 'A value that is not text',
    message: ({ item, value }) => `${value} of ${item} has a schema that takes something other than text`,
    cause:
      'A variable stands in a URI, and MCP sends the arguments of a prompt as strings. A schema of numbers or objects would refuse every one of them.',
    fix: 'Start from `z.string()`, `z.uuid()` or `z.enum([ … ])`; what the handler wants to have as a number is made by `z.string().transform(Number)`.',
  },
  'variable-missing': {
    severity: 'error',
    title: 'A variable without a schema',
    message: ({ resource, variable }) => `variable '${variable}' in the uri of resource '${resource}' has no schema`,
    cause: 'What stands in a URI was written by the caller. Without a schema the handler would get it unchecked.',
    fix: 'Add it to `variables`.',
    example: TEMPLATE,
  },
  'variable-unknown': {
    severity: 'error',
    title: 'A schema for something that is no variable',
    message: ({ resource, variable, hint }) =>
      `resource '${resource}' has a schema for '${variable}', which is no variable of its uri.${hint}`,
    cause: 'Nothing would ever be checked by it, so another one was meant.',
    fix: 'Correct the name, or put the variable into the URI.',
  },
  'write-failed': {
    severity: 'error',
    title: 'A generated file cannot be written',
    message: ({ file, problem }) => `${file} cannot be written: ${problem}`,
    cause:
      'The disk is full, the folder is read-only, or another program holds the file. All files are written beside their places before the first one is replaced: the output of the last good build is still there.',
    fix: 'Remove the obstacle and run `mcp-gen build` again.',
  },
}

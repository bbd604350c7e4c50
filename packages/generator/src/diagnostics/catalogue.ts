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
  'access-conflict': { tool: string }
  'annotation-unknown': { tool: string; annotation: string; problem: string }
  'baseline-missing': Record<never, never>
  'default-export-missing': { file: string }
  'description-missing': { tool: string }
  'empty-scopes': { tool: string }
  'env-name-unsafe': { name: string }
  'evaluation-disagrees': { what: string; written: string; evaluated: string }
  'foreign-file': { file: string }
  'handler-missing': { tool: string }
  'header-annotation-exposes': { tool: string; argument: string }
  'header-annotation-misplaced': { tool: string; problem: string }
  'implies-cycle': { cycle: string }
  'implies-unknown-scope': { scope: string; implied: string; hint: string }
  'introspection-missing': Record<never, never>
  'issuer-unsafe': { issuer: string; problem: string }
  'module-ends-process': { file: string; exit: string }
  'module-hangs': { file: string; seconds: string }
  'module-throws': { file: string; error: string }
  'name-taken': { name: string; other: string }
  'not-a-tool': { file: string; found: string }
  'output-not-closed': { tool: string; problem: string }
  'project-missing': { directory: string }
  'repeated-scope': { tool: string; scope: string }
  'reserved-scope': { scope: string }
  'resource-unsafe': { resource: string; problem: string }
  'schema-accepts-anything': { tool: string; side: string }
  'schema-invalid': { tool: string; side: string; problem: string }
  'schema-not-portable': { tool: string; side: string; what: string; clients: string; cure: string }
  'schema-reference-unresolved': { tool: string; side: string; reference: string }
  'schema-unrepresentable': { tool: string; side: string; problem: string }
  'scope-description-missing': { scope: string }
  'secret-written-down': { setting: string }
  'server-missing': Record<never, never>
  'server-property-missing': { property: string }
  'server-unreadable': { construct: string }
  'services-unreadable': { construct: string }
  'syntax-error': { problem: string }
  'tool-without-access': { tool: string }
  'tools-missing': Record<never, never>
  'tsconfig-unreadable': { problem: string }
  'unknown-client': { client: string; hint: string }
  'unknown-scope': { tool: string; scope: string; hint: string }
  'unreadable-access': { tool: string; construct: string }
  'unreadable-auth': { setting: string; construct: string }
  'unreadable-clients': { construct: string }
  'unreadable-resource': { construct: string }
  'unreadable-scope': { scope: string; construct: string }
  'unreadable-scopes': { tool: string; construct: string }
  'unreadable-tool': { tool: string; construct: string }
  'unsafe-name': { name: string; problem: string }
  'unsafe-scope-name': { scope: string; problem: string }
  'write-failed': { file: string; problem: string }
}

export type DiagnosticCode = keyof DiagnosticParams

const WHY_STATIC =
  'What decides access is read from the source without running it, so that a reviewer and the compiler see the same thing. A value that only exists when the code runs cannot be read that way, and is never guessed.'

const WRITE_IT_OUT =
  'Write the value out where it stands, or as a `const` of literals in this file or in a file that this one imports by a relative path.'

/** Every finding there is: the messages, `mcp-gen explain` and `docs/diagnostics/` are printed from here. */
export const catalogue: { readonly [C in DiagnosticCode]: Entry<DiagnosticParams[C]> } = {
  'access-conflict': {
    severity: 'error',
    title: 'A tool says twice who may call it',
    message: ({ tool }) => `tool '${tool}' has both scopes and access`,
    cause:
      '`scopes` and `access` are two answers to one question: who may call. With both, it depends on the reader which one counts.',
    fix: 'Keep `scopes` if callers need a scope; keep `access` if every authenticated caller, or everybody, may call. Remove the other.',
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
  'default-export-missing': {
    severity: 'error',
    title: 'A file in mcp/tools/ without a default export',
    message: ({ file }) => `${file} has no default export`,
    cause: 'Every file in mcp/tools/ is a tool, and its default export says what the tool is.',
    fix: 'Add `export default defineTool({ … })`. A helper that is not a tool gets a name that starts with `_`, or lives outside mcp/tools/.',
  },
  'description-missing': {
    severity: 'error',
    title: 'A tool without a description',
    message: ({ tool }) => `tool '${tool}' has no description`,
    cause: 'The description is what a model reads to decide whether to call the tool.',
    fix: 'Add `description` with one sentence that says what the tool does.',
  },
  'empty-scopes': {
    severity: 'error',
    title: 'A tool with an empty list of scopes',
    message: ({ tool }) => `scopes of tool '${tool}' is empty, which does not say who may call it`,
    cause:
      'An empty list could mean nobody, everybody, or every caller with a token. It is refused instead of being read one way.',
    fix: "Name the scopes that a caller needs. For every caller with a token write `access: 'authenticated'`; for everybody, without a token, `access: 'public'`.",
  },
  'env-name-unsafe': {
    severity: 'error',
    title: 'Not a name of an environment variable',
    message: ({ name }) => `'${name}' is not a name that an environment variable can have everywhere`,
    cause:
      'Shells, containers and Windows agree only on letters, digits and underscores, not starting with a digit (POSIX.1, section 8.1).',
    fix: 'Use capital letters, digits and underscores, such as `MCP_RESOURCE`.',
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
  'foreign-file': {
    severity: 'error',
    title: 'A file that mcp-gen did not write stands where it has to write',
    message: ({ file }) => `${file} was not written by mcp-gen and would be overwritten`,
    cause: 'A build overwrites and removes only files whose first line says that they are generated.',
    fix: 'Move the file somewhere else or delete it, then run `mcp-gen build` again.',
  },
  'handler-missing': {
    severity: 'error',
    title: 'A tool without a handler',
    message: ({ tool }) => `tool '${tool}' has no run function`,
    cause: 'A tool is listed to clients, so a call has to be answered.',
    fix: 'Add a function `run(input, context)` that returns the result.',
    example: {
      file: 'examples/hello/mcp/tools/who-am-i.ts',
      text: 'run: (_input, { caller }) => ({ subject: caller.subject, clientId: caller.clientId, scopes: caller.scopes }),',
    },
  },
  'header-annotation-exposes': {
    severity: 'warning',
    title: 'Something private that is repeated in a header',
    message: ({ tool, argument }) => `input of tool '${tool}' repeats '${argument}' in a header`,
    cause:
      'Clients repeat an argument with `x-mcp-header` in a header, and what stands between them and the server often logs headers. MCP keeps passwords, tokens and personal data out of them.',
    fix: 'Remove `x-mcp-header` from this argument. What a proxy routes by is a region, a tenant or a size.',
  },
  'header-annotation-misplaced': {
    severity: 'error',
    title: 'An argument that clients cannot repeat in a header',
    message: ({ tool, problem }) => `x-mcp-header in the input of tool '${tool}' ${problem}`,
    cause:
      'MCP allows `x-mcp-header` on an argument of type string, integer or boolean that is reached from the root through properties alone, with a name that a header can have and that no other argument uses. Clients leave out the whole tool otherwise.',
    fix: 'Move the annotation to such an argument, or remove it. An argument that may be absent is `.optional()`, not `.nullable()`.',
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
  'issuer-unsafe': {
    severity: 'error',
    title: 'Not an issuer that clients accept',
    message: ({ issuer, problem }) => `issuer '${issuer}' ${problem}`,
    cause:
      'An issuer is an https URL without query and fragment (RFC 8414, section 2). Over http anybody on the way can exchange the keys that tokens are verified with; only a loopback address in development is exempt.',
    fix: "Use the https URL exactly as the authorization server publishes it in its metadata. If it differs between places, read it from the environment: `env('MCP_AUTH_ISSUER', { development: 'http://localhost:4000' })`.",
  },
  'module-ends-process': {
    severity: 'error',
    title: 'A module ends the process while it is loaded',
    message: ({ file, exit }) => `loading ${file} ended the process (${exit})`,
    cause:
      'Tool files are loaded at build time to read their schemas, and at boot. One that calls `process.exit`, or crashes, takes everything with it.',
    fix: 'Move what ends the process out of the top level of the file and of what it imports.',
  },
  'module-hangs': {
    severity: 'error',
    title: 'A module does not finish loading',
    message: ({ file, seconds }) => `loading ${file} did not finish within ${seconds} seconds`,
    cause:
      'Tool files are loaded at build time to read their schemas. A loop, or an `await` at the top level that waits for something that never comes, stops that.',
    fix: 'Move the loop or the `await` out of the top level: connections are opened in mcp/services.ts.',
  },
  'module-throws': {
    severity: 'error',
    title: 'A module throws while it is loaded',
    message: ({ file, error }) => `loading ${file} failed: ${error}`,
    cause:
      'Tool files are loaded at build time to read their schemas. What stands at their top level, and at that of what they import, runs then.',
    fix: 'If a package is not found, run `npm install`. Otherwise repair what throws: what needs a database or a variable of the environment belongs into mcp/services.ts or into a handler, which do not run at build time.',
  },
  'name-taken': {
    severity: 'error',
    title: 'Two files for one tool',
    message: ({ name, other }) => `the name '${name}' is taken by ${other}`,
    cause:
      'A file name, without its folder, with `-` read as `_` and without regard to capitals, is the name of a tool, and names are unique within a server.',
    fix: 'Rename one of the two files.',
  },
  'not-a-tool': {
    severity: 'error',
    title: 'The default export is not a tool',
    message: ({ file, found }) => `the default export of ${file} has to be defineTool({ … }), and is ${found}`,
    cause:
      'The access rule is read from the object that is written inside `defineTool( )` in this very file. Anything else hides who may call.',
    fix: 'Write `export default defineTool({ … })`, with defineTool imported from @mcp-secure/spec.',
  },
  'output-not-closed': {
    severity: 'error',
    title: 'An output that lets through what it does not name',
    message: ({ tool, problem }) => `output of tool '${tool}' ${problem}`,
    cause:
      'An output schema is the list of what may leave the server: what it does not name is dropped. A part that takes any property, or any value, would hand out the next column that somebody adds to a table.',
    fix: 'Name the properties: `z.object({ … })` without `.loose()`, `.passthrough()` or `.catchall()`. For keys that are not known in advance use `z.record()` of a described value, in a property of its own; for free-form JSON a `z.string()` that holds it. In a raw JSON Schema write `additionalProperties: false`.',
  },
  'project-missing': {
    severity: 'error',
    title: 'There is no such project',
    message: ({ directory }) => `${directory} is not a folder`,
    cause: 'The folder given with --project, or the current one, holds mcp/server.ts and mcp/tools/.',
    fix: 'Give the folder of the project: `mcp-gen build --project DIR`.',
  },
  'repeated-scope': {
    severity: 'error',
    title: 'A scope that stands twice',
    message: ({ tool, scope }) => `tool '${tool}' names scope '${scope}' twice`,
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
    message: ({ tool, side }) => `${side} of tool '${tool}' accepts anything`,
    cause:
      'The schema is what the server checks and what a model reads. One that accepts anything checks nothing, and is often the silent result of a schema that could not be converted.',
    fix: 'Describe the value: `z.object({ … })`. A tool that takes nothing has no `input`; free-form JSON goes into a property of an object.',
  },
  'schema-invalid': {
    severity: 'error',
    title: 'Not a JSON Schema of 2020-12',
    message: ({ tool, side, problem }) => `${side} of tool '${tool}' is no JSON Schema of 2020-12: ${problem}`,
    cause:
      'What stands in jsonSchema() is sent to clients as it is, and the server validates by it. A word or a format that does not exist would check nothing, and other documents are not fetched.',
    fix: 'Correct the word that the message names. `$schema`, if it is there, names the dialect 2020-12; `nullable` is a type: `anyOf` with `null`.',
  },
  'schema-not-portable': {
    severity: 'error',
    title: 'A schema that a client refuses',
    message: ({ tool, side, what, clients, cure }) =>
      `${side} of tool '${tool}' has ${what}, refused by ${clients}. ${cure}`,
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
    message: ({ tool, side, reference }) => `${side} of tool '${tool}' refers to '${reference}', which is not in it`,
    cause:
      'Clients do not fetch references over the network (MCP, JSON Schema usage), and a reference that leads nowhere makes the tool uncallable.',
    fix: 'Reference the zod object itself instead of writing a `$ref` by hand.',
  },
  'schema-unrepresentable': {
    severity: 'error',
    title: 'A schema that JSON Schema cannot say',
    message: ({ tool, side, problem }) => `${side} of tool '${tool}' cannot be told to clients: ${problem}`,
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
  'syntax-error': {
    severity: 'error',
    title: 'Not TypeScript',
    message: ({ problem }) => problem,
    cause: 'The file cannot be parsed.',
    fix: 'Correct the syntax at this place.',
  },
  'tool-without-access': {
    severity: 'error',
    title: 'A tool that does not say who may call it',
    message: ({ tool }) => `tool '${tool}' does not say who may call it`,
    cause: 'There is no default: a forgotten rule must not open a tool.',
    fix: "Add `scopes: ['…']` with the scopes that a caller needs, or `access: 'authenticated'` for every caller with a token, or `access: 'public'` for everybody.",
    example: {
      file: 'examples/notes/mcp/tools/delete-note.ts',
      text: "scopes: ['notes:write'],",
    },
  },
  'tools-missing': {
    severity: 'warning',
    title: 'There are no tools',
    message: () => 'mcp/tools/ holds no tool',
    cause:
      'A server without tools has nothing to offer. Files that start with `_` or end in .test.ts, .spec.ts or .d.ts are not tools.',
    fix: 'Add a file such as mcp/tools/list-notes.ts with `export default defineTool({ … })`.',
  },
  'tsconfig-unreadable': {
    severity: 'error',
    title: 'tsconfig.json cannot be read',
    message: ({ problem }) => `tsconfig.json cannot be read: ${problem}`,
    cause: 'It says how imports are resolved, and reading scopes follows imports.',
    fix: 'Correct tsconfig.json, or the file that it extends.',
  },
  'unknown-client': {
    severity: 'error',
    title: 'A client that is not known',
    message: ({ client, hint }) => `there is no client '${client}'.${hint}`,
    cause: '`clients` names the clients whose limits the schemas keep. A name that is not known would keep none.',
    fix: "Use 'claude', 'chatgpt', 'codex', 'cursor', 'gemini', 'vscode' or 'sdk', or remove `clients`: the limits of all of them are kept then.",
  },
  'unknown-scope': {
    severity: 'error',
    title: 'A scope that the server does not declare',
    message: ({ tool, scope, hint }) =>
      `tool '${tool}' needs scope '${scope}', which the server does not declare.${hint}`,
    cause: 'Nobody could ever be granted it, so nobody could call the tool. Usually it is a typo.',
    fix: 'Correct the name, or declare the scope in `scopes` of mcp/server.ts.',
  },
  'unreadable-access': {
    severity: 'error',
    title: 'access cannot be read from the source',
    message: ({ tool, construct }) => `access of tool '${tool}' cannot be read: ${construct}`,
    cause: WHY_STATIC,
    fix: "Write `access: 'authenticated'` or `access: 'public'`.",
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
    message: ({ tool, construct }) => `scopes of tool '${tool}' cannot be read: ${construct}`,
    cause: WHY_STATIC,
    fix: WRITE_IT_OUT,
    example: {
      file: 'examples/notes/mcp/tools/delete-note.ts',
      text: "scopes: ['notes:write'],",
    },
  },
  'unreadable-tool': {
    severity: 'error',
    title: 'A tool whose properties cannot be read',
    message: ({ tool, construct }) => `tool '${tool}' cannot be read: ${construct}`,
    cause: `${WHY_STATIC} A spread or a computed key can bring scopes or access with it.`,
    fix: 'Write an object into defineTool({ … }) and name its properties there.',
  },
  'unsafe-name': {
    severity: 'error',
    title: 'A file name that is not a name of a tool',
    message: ({ name, problem }) => `'${name}' ${problem}`,
    cause:
      'MCP allows letters, digits, `_`, `-` and `.` in a name; clients that hand tools to a model allow less: letters, digits and `_`, at most 64. Names that are not portable make the tool disappear there.',
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
  'write-failed': {
    severity: 'error',
    title: 'A generated file cannot be written',
    message: ({ file, problem }) => `${file} cannot be written: ${problem}`,
    cause:
      'The disk is full, the folder is read-only, or another program holds the file. Files are replaced one by one, each as a whole: none is half written.',
    fix: 'Remove the obstacle and run `mcp-gen build` again.',
  },
}

// A server with many tools, on the lanes that its parent names; tells over IPC where it listens, and how much it worked.
import { serverFactoryOn } from '../../packages/runtime/dist/server/server-factory.js'

const { lanes, tools, issuer, client } = JSON.parse(process.argv[2])

/** As many a minute as may be said: more than one process answers. They are counted all the same. */
const MOST = 1_000_000
const RESOURCE = 'https://bench.example.com/mcp'

const echo = {
  // What a schema library does costs the same on both lanes: this one is as quick as one can be.
  input: { '~standard': { version: 1, vendor: 'bench', validate: (value) => ({ value }) } },
  run: ({ message }) => message,
}
const description = {
  description: 'Says what it is told, so many times',
  input: {
    schema: {
      type: 'object',
      properties: {
        message: { type: 'string', minLength: 1, description: 'What to say' },
        count: { type: 'integer', minimum: 1, maximum: 10, description: 'How often' },
      },
      required: ['message'],
      additionalProperties: false,
    },
    wrapped: null,
  },
  output: null,
}
const names = Array.from({ length: tools }, (_, index) => `echo_${String(index).padStart(4, '0')}`)
const each = (value) => Object.fromEntries(names.map((name) => [name, value]))

const app = await serverFactoryOn(lanes, {
  policy: {
    server: { name: 'bench', version: '1.0.0' },
    resource: RESOURCE,
    issuers: [
      {
        issuer,
        tokens: {
          form: 'opaque',
          introspection: { clientId: client.id, clientSecret: { env: 'INTROSPECTION_SECRET' }, cacheSeconds: 300 },
        },
      },
    ],
    scopes: { 'echo:run': { description: 'Echo', baseline: true, implies: [] } },
    limits: { perSubject: MOST, perClient: MOST, perAddress: MOST, concurrentPerSubject: MOST },
    tools: each({ access: 'scopes', scopes: ['echo:run'] }),
  },
  schemas: each(description),
  tools: each(echo),
})({ environment: { NODE_ENV: 'test', INTROSPECTION_SECRET: client.secret }, logger: true })

const address = await app.listen({ host: '127.0.0.1', port: 0 })
process.on('message', (asked) => {
  if (asked === 'worked') process.send({ worked: process.cpuUsage() })
})
process.send({ port: Number(new URL(address).port) })

import type { Implementation, Server, ServerOptions } from '@modelcontextprotocol/server'
import type { Policy } from '../definition.js'
import { caching, offered } from './capabilities.js'
import type { Catalogue } from './catalogue.js'
import type { ExchangeOf } from './exchange-of.js'
import { iconsOf } from './icons.js'
import { RevisionServer } from './older-revisions.js'
import { serveCompletion } from './serve-completion.js'
import { servePrompts } from './serve-prompts.js'
import { serveResources } from './serve-resources.js'
import { serveTools } from './serve-tools.js'
import { VERSIONS } from './versions.js'

/** A server of the SDK that offers what the catalogue holds. What it may do for a request is in the request's exchange. */
export function makeServer(identity: Policy['server'], catalogue: Catalogue, exchangeOf: ExchangeOf): Server {
  const { instructions } = identity
  const capabilities = offered(catalogue)
  const server = new RevisionServer(implementation(identity), {
    capabilities,
    supportedProtocolVersions: [...VERSIONS],
    cacheHints: caching(catalogue),
    jsonSchemaValidator: NO_VALIDATOR,
    ...(instructions === undefined ? {} : { instructions }),
  })
  if (capabilities.tools) serveTools(server, catalogue, exchangeOf)
  if (capabilities.resources) serveResources(server, catalogue, exchangeOf)
  if (capabilities.prompts) servePrompts(server, catalogue, exchangeOf)
  if (capabilities.completions) serveCompletion(server, catalogue, exchangeOf)
  return server
}

/** Who a server says it is. */
export function implementation({ name, version, title, icons }: Policy['server']): Implementation {
  return {
    ...{ name, version },
    ...(title === undefined ? {} : { title }),
    ...(icons === undefined ? {} : { icons: iconsOf(icons) }),
  }
}

/** The SDK makes an Ajv for every server otherwise. Answers of clients are read in `ask/answer.ts`. */
const NO_VALIDATOR: NonNullable<ServerOptions['jsonSchemaValidator']> = {
  getValidator() {
    throw new TypeError('This server validates answers itself.')
  },
}

import { ProtocolError, ProtocolErrorCode, type Server } from '@modelcontextprotocol/server'
import type { Exchange } from './exchange.js'
import { getPrompt } from './get-prompt.js'
import { resultOf } from './handler-failure.js'
import { refuseCursor } from './one-page.js'
import type { PromptCatalogue } from './prompt-catalogue.js'
import { runHandler } from './run-handler.js'
import { withoutGrant } from './without-grant.js'

export function servePrompts(server: Server, prompts: PromptCatalogue, exchange: Exchange): void {
  server.setRequestHandler('prompts/list', ({ params }) => {
    refuseCursor(params)
    return { prompts: exchange.grants.shown(prompts.listing, 'prompt') }
  })
  server.setRequestHandler('prompts/get', async ({ method, params }, { mcpReq }) => {
    const item = exchange.grants.visible(prompts.get(params.name))
    const grant = item === undefined ? undefined : exchange.grants.of(item)
    if (grant === undefined) throw withoutGrant(item !== undefined, unknownPrompt)
    const running = { method, item, cancelled: mcpReq.signal }
    return resultOf(
      await runHandler(exchange, running, (signal) => getPrompt(grant, params.arguments ?? {}, exchange, signal)),
    )
  })
}

function unknownPrompt(): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, 'Unknown prompt')
}

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

/** A request that came to the API. */
export interface ApiRequest {
  readonly path: string
  readonly city: string | null
  readonly key: string | undefined
  readonly body: unknown
  readonly headers: unknown
}

/** Stands for the HTTP API behind the tools, on a loopback port. */
export interface StandInApi {
  readonly url: string
  readonly requests: ApiRequest[]
  /** The status of the next answer, without a body. */
  answerNext(status: number): void
  stop(): Promise<void>
}

export async function startStandInApi(): Promise<StandInApi> {
  const requests: ApiRequest[] = []
  let next: number | undefined
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    requests.push({
      path: pathname,
      city: searchParams.get('city'),
      key: request.headers['x-api-key']?.toString(),
      body: request.method === 'POST' ? await json(request) : undefined,
      headers: request.headers,
    })
    const status = next
    next = undefined
    if (status !== undefined) {
      response.writeHead(status, { location: '/elsewhere' }).end()
      return
    }
    const answer = request.method === 'POST' ? {} : { city: searchParams.get('city'), celsius: 11, sky: 'rain' }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answerNext(status) {
      next = status
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

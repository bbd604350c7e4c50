// Stands where the suite looks for the server, because the suite has no way to send a token: adds one to each request,
// and hands everything else on as it came, in both directions.
import { createServer, request as send } from 'node:http'

/**
 * Listens on a port that the system chooses. `target()` says where the server
 * is, `token()` what is added; `version`, if given, is what every `initialize`
 * asks for, because the suite asks for 2025-11-25 whatever it is told to test.
 */
export async function startFront({ target, token, version }) {
  const front = createServer((incoming, outgoing) => {
    if (version === undefined || incoming.method !== 'POST') return forward(incoming, outgoing, incoming.rawHeaders)
    const chunks = []
    incoming.on('data', (chunk) => chunks.push(chunk))
    incoming.on('end', () => {
      const body = withVersion(Buffer.concat(chunks), version)
      forward(incoming, outgoing, withLength(incoming.rawHeaders, body.length), body)
    })
  })

  function forward(incoming, outgoing, rawHeaders, body) {
    const { hostname, port } = target()
    const upstream = send({
      hostname,
      port,
      method: incoming.method,
      path: incoming.url,
      // Host and Origin reach the server as the suite wrote them: that is what it tests.
      headers: [...rawHeaders, 'Authorization', `Bearer ${token()}`],
      setHost: false,
    })
    upstream.on('response', (response) => {
      outgoing.writeHead(response.statusCode, response.rawHeaders)
      outgoing.flushHeaders()
      response.pipe(outgoing)
      response.on('error', () => outgoing.destroy())
    })
    upstream.on('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()))
    outgoing.on('close', () => upstream.destroy())
    if (body === undefined) incoming.pipe(upstream)
    else upstream.end(body)
  }

  await new Promise((resolve) => front.listen(0, 'localhost', resolve))
  return {
    origin: `http://localhost:${front.address().port}`,
    async close() {
      front.closeAllConnections()
      await new Promise((resolve) => front.close(resolve))
    },
  }
}

/** The body with another version in `initialize`; the same bytes if it is anything else. */
function withVersion(bytes, version) {
  try {
    const message = JSON.parse(bytes.toString('utf8'))
    if (message.method !== 'initialize') return bytes
    message.params.protocolVersion = version
    return Buffer.from(JSON.stringify(message))
  } catch {
    return bytes
  }
}

function withLength(rawHeaders, length) {
  const kept = []
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index].toLowerCase()
    if (name !== 'content-length' && name !== 'transfer-encoding') kept.push(rawHeaders[index], rawHeaders[index + 1])
  }
  return [...kept, 'Content-Length', String(length)]
}

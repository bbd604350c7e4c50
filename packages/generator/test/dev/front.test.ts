import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { type Front, openFront } from '../../dist/dev/front.js'

const open: { front: Front | null; servers: Server[] } = { front: null, servers: [] }
afterEach(async () => {
  await open.front?.close()
  for (const server of open.servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function behind(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<number> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  open.servers.push(server)
  await once(server, 'listening')
  const address = server.address()
  return address !== null && typeof address === 'object' ? address.port : 0
}

async function front(): Promise<Front> {
  const opened = await openFront(0)
  if (opened === null) throw new Error('no port')
  open.front = opened
  return opened
}

/** Writes a request as it stands, and reads until the other side closes. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let read = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.setEncoding('utf8').on('data', (chunk: string) => (read += chunk))
    socket.on('error', reject).on('close', () => resolve(read))
  })
}

const lines = (...parts: readonly string[]) => `${parts.join('\r\n')}\r\n\r\n`

it('hands headers on as they came: names, order, repeated ones, and Host', async () => {
  const stand = await front()
  stand.serve(await behind(({ rawHeaders, url }, response) => response.end(JSON.stringify({ rawHeaders, url }))))
  const answer = await raw(
    stand.port,
    lines(
      'GET /mcp?a=%2F..;b HTTP/1.1',
      'Host: notes.example',
      'hOST: other.example',
      'Authorization: Bearer one',
      'Authorization: Bearer two',
      'X-Odd: \u00e9',
      'Connection: close',
    ),
  )
  const [, body = ''] = answer.split('\r\n\r\n')
  const { rawHeaders, url } = JSON.parse(body) as { rawHeaders: string[]; url: string }
  expect(url).toBe('/mcp?a=%2F..;b')
  expect(rawHeaders.slice(0, 8)).toEqual([
    ...['Host', 'notes.example', 'hOST', 'other.example'],
    ...['Authorization', 'Bearer one', 'Authorization', 'Bearer two'],
  ])
  expect(rawHeaders[8]).toBe('X-Odd')
})

it('hands the answer back as it came, and streams both ways', async () => {
  const stand = await front()
  let write: (text: string) => void = () => undefined
  stand.serve(
    await behind((incoming, response) => {
      response.writeHead(207, 'As It Came', [
        'Set-Cookie',
        'a=1',
        'Set-Cookie',
        'b=2',
        'Content-Type',
        'text/event-stream',
      ])
      response.flushHeaders()
      write = (text) => response.write(text)
      incoming.on('data', (chunk) => response.write(`heard ${chunk}`))
      incoming.on('end', () => response.end())
    }),
  )
  const outgoing = request({ port: stand.port, method: 'POST', path: '/mcp' })
  outgoing.flushHeaders()
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]
  expect(answer.statusCode).toBe(207)
  expect(answer.statusMessage).toBe('As It Came')
  expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2'])
  write('event 1')
  expect(String((await once(answer, 'data'))[0])).toBe('event 1')
  outgoing.write('word')
  expect(String((await once(answer, 'data'))[0])).toBe('heard word')
  outgoing.end()
  answer.resume()
  await once(answer, 'end')
})

it('a client that goes away is gone for the server behind, and the other way round', async () => {
  const stand = await front()
  const arrived: ServerResponse[] = []
  let tell: () => void = () => undefined
  const next = () => new Promise<void>((resolve) => (tell = resolve))
  stand.serve(
    await behind((_incoming, response) => {
      response.write('begun')
      arrived.push(response)
      tell()
    }),
  )
  let came = next()
  const leaving = request({ port: stand.port, path: '/mcp' }).on('error', () => undefined)
  leaving.end()
  await came
  leaving.destroy()
  await once(arrived[0] as ServerResponse, 'close')
  expect(arrived[0]?.writableFinished).toBe(false)

  came = next()
  const staying = request({ port: stand.port, path: '/mcp' })
  staying.end()
  const [answer] = (await once(staying, 'response')) as [IncomingMessage]
  await came
  const failed = once(answer, 'error')
  answer.resume()
  arrived[1]?.destroy()
  await failed
  expect(answer.complete).toBe(false)
})

it('requests wait while the server is replaced, and go to the next one', async () => {
  const stand = await front()
  stand.serve(await behind((_incoming, response) => response.end('old')))
  stand.hold()
  const waiting = [1, 2, 3].map(() => fetch(`http://localhost:${stand.port}/mcp`, { method: 'POST', body: 'kept' }))
  const port = await behind((incoming, response) => void incoming.pipe(response))
  // All of them are here when another one, to the page at the root, is answered.
  await (await fetch(`http://localhost:${stand.port}/`)).text()
  stand.serve(port)
  for (const response of await Promise.all(waiting)) expect(await response.text()).toBe('kept')
})

it('without a server it says so at once, and when to come again', async () => {
  const stand = await front()
  stand.hold()
  const waiting = fetch(`http://localhost:${stand.port}/mcp`)
  stand.refuse()
  for (const response of [await waiting, await fetch(`http://localhost:${stand.port}/mcp`)]) {
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('1')
    expect(await response.text()).toContain('mcp-gen dev')
  }
})

it('a server that ends before it answers is no end of the front', async () => {
  const stand = await front()
  stand.serve(await behind(({ socket }) => socket.destroy()))
  expect((await fetch(`http://localhost:${stand.port}/mcp`)).status).toBe(503)
})

it('a port that is taken is not taken twice', async () => {
  const stand = await front()
  expect(await openFront(stand.port)).toBeNull()
})

it('the console gets the root and what is below it, the server everything else', async () => {
  const stand = await front()
  stand.serve(await behind((_incoming, response) => response.end('server')))
  stand.setConsole(await behind(({ url, method }, response) => response.end(`console ${method} ${url}`)))
  const ask = async (path: string, method = 'GET') =>
    (await fetch(`http://localhost:${stand.port}${path}`, { method })).text()
  expect(await ask('/')).toBe('console GET /')
  expect(await ask('/?x=1')).toBe('console GET /?x=1')
  expect(await ask('/console/app.js')).toBe('console GET /console/app.js')
  expect(await ask('/console/api', 'POST')).toBe('console POST /console/api')
  for (const path of ['/mcp', '/console', '/consolex/', '/.well-known/oauth-protected-resource/mcp']) {
    expect(await ask(path)).toBe('server')
  }
  expect(await ask('/', 'POST')).toBe('server')
})

const HOSTS = (port: number) => ['notes.example', 'localhost', `localhost:${port + 1}`, `localhost.:${port}`, '', 'x']
it('the console answers under its own names only', async () => {
  const stand = await front()
  stand.setConsole(await behind((_incoming, response) => response.end('console')))
  const ask = (...headers: readonly string[]) =>
    raw(stand.port, lines('GET /console/ HTTP/1.1', ...headers, 'Connection: close'))
  for (const host of HOSTS(stand.port)) expect(await ask(`Host: ${host}`), host).toMatch(/^HTTP\/1\.1 421 /)
  expect(await ask(`Host: localhost:${stand.port}`, 'Host: notes.example')).toMatch(/^HTTP\/1\.1 421 /)
  for (const host of ['localhost', '127.0.0.1', '[::1]']) {
    expect(await ask(`Host: ${host}:${stand.port}`)).toMatch(/^HTTP\/1\.1 200 /)
  }
})

it('the console answers its own pages only', async () => {
  const stand = await front()
  stand.setConsole(await behind((_incoming, response) => response.end('console')))
  const own = `localhost:${stand.port}`
  const ask = (origin: string) =>
    raw(stand.port, lines('POST /console/api HTTP/1.1', `Host: ${own}`, `Origin: ${origin}`, 'Connection: close'))
  for (const origin of ['null', 'https://evil.example', `http://localhost:${stand.port + 1}`, `https://${own}`, own]) {
    expect(await ask(origin), origin).toMatch(/^HTTP\/1\.1 403 /)
  }
  expect(await ask(`http://${own}`)).toMatch(/^HTTP\/1\.1 200 /)
})

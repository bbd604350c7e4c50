import { once } from 'node:events'
import { createServer, request as httpRequest, type RequestListener } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { createPublicFetch, type Network, SpecialUseAddressError } from '../src/provider/public-fetch.js'
import { isSpecialUse } from '../src/provider/special-use-addresses.js'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A network in which every name resolves to `addresses`, and every connection ends at `listener` without TLS. */
async function network(addresses: readonly string[], listener: RequestListener = (_, response) => response.end('{}')) {
  let connections = 0
  const server = createServer(listener).listen(0, '127.0.0.1')
  server.on('connection', () => connections++)
  await once(server, 'listening')
  closing.push(() => server.close())
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const found = addresses.map((entry) => ({ address: entry, family: entry.includes(':') ? 6 : 4 }))
  const stand: Network = {
    lookup: ((_name: string, _options: object, callback: (error: null, found: object) => void) =>
      callback(null, found)) as unknown as Network['lookup'],
    request: (url, options, onResponse) => {
      // The lookup is asked as for a real connection; only then does the request go to the test's server.
      const { lookup, agent: _, ...rest } = options
      const sent = httpRequest({ ...rest, host: '127.0.0.1', port, path: url.pathname }, onResponse)
      lookup?.(url.hostname, {}, (error) => error && sent.destroy(error))
      return sent
    },
  }
  return { fetch: createPublicFetch(stand), connections: () => connections }
}

describe('addresses', () => {
  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:a00:1',
    '::7f00:1',
    '::ffff:0:7f00:1',
    '64:ff9b::7f00:1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'ff02::1',
    '2001:db8::1',
    '2002:7f00:1::',
  ])('CI-09 CI-12 %s is special-use', (address) => {
    expect(isSpecialUse(address)).toBe(true)
  })

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is public', (address) => {
    expect(isSpecialUse(address)).toBe(false)
  })
})

describe('fetching from a stranger', () => {
  it('CI-12 a name with one special-use address among its addresses is not asked', async () => {
    const { fetch } = await network(['93.184.215.14', '127.0.0.1'])
    await expect(fetch('https://client.example/x')).rejects.toBeInstanceOf(SpecialUseAddressError)
  })

  it('CI-12 the answer of each lookup is checked, so a name that changes its mind gains nothing', async () => {
    const first = await network(['93.184.215.14'])
    expect((await first.fetch('https://client.example/x')).status).toBe(200)
    const second = await network(['10.0.0.1'])
    await expect(second.fetch('https://client.example/x')).rejects.toBeInstanceOf(SpecialUseAddressError)
  })

  it.each([
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://0x7f.1/x',
    'https://localhost/x',
    'https://app.localhost/x',
    'https://LOCALHOST./x',
  ])('CI-09 %s opens no connection', async (url) => {
    const { fetch, connections } = await network(['93.184.215.14'])
    await expect(fetch(url)).rejects.toBeInstanceOf(SpecialUseAddressError)
    expect(connections()).toBe(0)
  })

  it.each(['http://client.example/x', 'file:///etc/passwd', 'ftp://client.example/x'])(
    '%s is not https',
    async (url) => {
      const { fetch } = await network(['93.184.215.14'])
      await expect(fetch(url)).rejects.toThrow('only https')
    },
  )

  it('CI-10 does not follow a redirect', async () => {
    const { fetch, connections } = await network(['93.184.215.14'], (_, response) => {
      response.writeHead(302, { location: 'https://client.example/other' }).end()
    })
    expect((await fetch('https://client.example/x')).status).toBe(302)
    expect(connections()).toBe(1)
  })

  it('CI-11 a server that never answers is given up when the caller says so', async () => {
    const { fetch } = await network(['93.184.215.14'], () => {})
    const controller = new AbortController()
    const answer = fetch('https://client.example/x', { signal: controller.signal })
    controller.abort(new DOMException('too slow', 'TimeoutError'))
    await expect(answer).rejects.toThrow()
  })

  it('CI-11 a body that never ends is given up when the caller says so', async () => {
    const { fetch } = await network(['93.184.215.14'], (_, response) => {
      response.write('{')
    })
    const controller = new AbortController()
    const answer = await fetch('https://client.example/x', { signal: controller.signal })
    const body = answer.text()
    controller.abort()
    await expect(body).rejects.toThrow()
  })
})

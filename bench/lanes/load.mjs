// Asks one thing over and over, on several connections, as fast as it is answered.
import { connect } from 'node:net'

/** Bytes that end each form of answer. */
const END_OF_HEADERS = Buffer.from('\r\n\r\n')
const END_OF_CHUNKS = Buffer.from('\r\n0\r\n\r\n')

/** How many answers came in so many milliseconds. Throws if one of them was no 200. */
export async function load(port, request, { connections, milliseconds }) {
  const until = performance.now() + milliseconds
  const counts = await Promise.all(Array.from({ length: connections }, () => ask(port, request, until)))
  return counts.reduce((sum, count) => sum + count, 0)
}

/** The text of one answer, to see that it is what was asked for. */
export async function askOnce(port, request) {
  let text = ''
  await ask(port, request, 0, (answer) => {
    text = answer.toString()
  })
  return text
}

function ask(port, request, until, seen = () => {}) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let received = []
    let count = 0
    socket.on('error', reject)
    socket.on('connect', () => socket.write(request))
    socket.on('data', (chunk) => {
      received.push(chunk)
      // Only what came last is looked at, until it may be the end of an answer.
      if (received.length > 1 && !mayEnd(chunk)) return
      const answer = received.length === 1 ? chunk : Buffer.concat(received)
      if (!isWhole(answer)) return
      received = []
      if (!answer.subarray(0, 12).equals(OK)) return socket.destroy(new Error(answer.toString().slice(0, 500)))
      seen(answer)
      count += 1
      if (performance.now() < until) return socket.write(request)
      socket.end()
      resolve(count)
    })
  })
}

const OK = Buffer.from('HTTP/1.1 200')

function mayEnd(chunk) {
  return chunk.at(-1) === 0x7d || chunk.at(-1) === 0x0a
}

function isWhole(answer) {
  const body = answer.indexOf(END_OF_HEADERS)
  if (body === -1) return false
  const headers = answer.subarray(0, body).toString('latin1').toLowerCase()
  const [, length] = /\r\ncontent-length: (\d+)/.exec(headers) ?? []
  if (length === undefined) return answer.subarray(-END_OF_CHUNKS.length).equals(END_OF_CHUNKS)
  return answer.length >= body + END_OF_HEADERS.length + Number(length)
}

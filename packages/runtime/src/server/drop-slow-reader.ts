/**
 * A stream of events whose reader keeps up, or is dropped: whoever writes to it
 * does not wait for whoever reads it, so that what a client leaves unread would
 * pile up in this process for as long as the stream lasts. A client that is
 * dropped sees its connection break, and may come back.
 *
 * @param most bytes that may lie unread
 * @param drop breaks the connection: whoever hands the stream on waits for its client, and would not notice that it failed
 */
export function dropSlowReader(response: Response, most: number, drop: () => void): Response {
  const { body, headers, status } = response
  if (body === null || !headers.get('content-type')?.startsWith('text/event-stream')) return response
  return new Response(keptUp(body, most, drop), { headers, status })
}

function keptUp(body: ReadableStream<Uint8Array>, most: number, drop: () => void): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  let isWanted = true
  const source = {
    start(controller: ReadableStreamDefaultController<Uint8Array>) {
      void forward(reader, controller, () => isWanted, drop)
    },
    async cancel(reason: unknown) {
      isWanted = false
      await reader.cancel(reason)
    },
  }
  return new ReadableStream(source, new ByteLengthQueuingStrategy({ highWaterMark: most }))
}

/** Takes whatever comes as soon as it comes: here it can be counted. */
async function forward(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  controller: ReadableStreamDefaultController<Uint8Array>,
  isWanted: () => boolean,
  drop: () => void,
): Promise<void> {
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (!isWanted()) return
      controller.enqueue(next.value)
      if ((controller.desiredSize ?? 0) < 0) throw new Error('The client does not read its stream.')
    }
    // Whoever has it in hand may have ended it, as at the expiry of a token, and sends its end in order.
    if (isWanted()) controller.close()
  } catch (error) {
    if (!isWanted()) return
    // What lies there unread is let go with it.
    controller.error(error)
    drop()
    await reader.cancel(error).catch(() => {})
  }
}

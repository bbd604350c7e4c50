/** The JSON values of an answer: one of a JSON body, one for each event of an event stream, none of anything else. */
export function readMessages(contentType: string | undefined, text: string): readonly unknown[] {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (type === 'text/event-stream') return eventData(text).flatMap(parsed)
  return type === 'application/json' || type.endsWith('+json') ? parsed(text) : []
}

/** The data of each event (HTML, server-sent events, section 9.2.6); an event that was not ended does not count. */
function eventData(text: string): readonly string[] {
  const events: string[] = []
  let data: string[] = []
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
    if (line === '') {
      if (data.length > 0) events.push(data.join('\n'))
      data = []
    } else if (line === 'data' || line.startsWith('data:')) {
      data.push(line.slice('data:'.length).replace(/^ /, ''))
    }
  }
  return events
}

function parsed(text: string): readonly unknown[] {
  try {
    return [JSON.parse(text) as unknown]
  } catch {
    return []
  }
}

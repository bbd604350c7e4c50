// A plot of build times: both axes logarithmic, so that what grows linearly is a straight line.

const WIDTH = 560
const HEIGHT = 320
const LEFT = 64
const RIGHT = 120
const TOP = 20
const BOTTOM = 48

/** `series` is a list of `{ name, color, points: [tools, milliseconds][] }`. */
export function plot(series) {
  const all = series.flatMap(({ points }) => points)
  const across = scale(
    all.map(([tools]) => tools),
    LEFT,
    WIDTH - RIGHT,
  )
  const up = scale(
    all.map(([, milliseconds]) => milliseconds / 1000),
    HEIGHT - BOTTOM,
    TOP,
  )
  const x = ([tools]) => round(across.at(tools))
  const y = ([, milliseconds]) => round(up.at(milliseconds / 1000))
  const lines = [
    ...up.ticks.map((seconds) => gridline(round(up.at(seconds)), `${seconds} s`)),
    ...across.ticks.map((tools) =>
      label(round(across.at(tools)), HEIGHT - BOTTOM + 20, tools.toLocaleString('en'), 'middle'),
    ),
    label((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, 'tools in the project', 'middle'),
    ...series.map(({ name, color, points }) => {
      const path = points.map((point) => `${x(point)},${y(point)}`).join(' ')
      const dots = points.map((point) => `<circle cx="${x(point)}" cy="${y(point)}" r="3.5" fill="${color}"/>`).join('')
      const last = points.at(-1)
      return `<polyline points="${path}" fill="none" stroke="${color}" stroke-width="2"/>${dots}${label(x(last) + 10, y(last) + 4, name, 'start', color)}`
    }),
  ]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="Build times by number of tools">
  <rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>
  ${lines.join('\n  ')}
</svg>
`
}

/** Whole powers of ten around the values. */
function scale(values, from, to) {
  const least = Math.floor(Math.log10(Math.min(...values)))
  const most = Math.max(least + 1, Math.ceil(Math.log10(Math.max(...values))))
  return {
    at: (value) => from + ((Math.log10(value) - least) / (most - least)) * (to - from),
    ticks: Array.from({ length: most - least + 1 }, (_, index) => Number((10 ** (least + index)).toPrecision(1))),
  }
}

function gridline(y, text) {
  return `<line x1="${LEFT}" y1="${y}" x2="${WIDTH - RIGHT}" y2="${y}" stroke="#d9d9d9"/>${label(LEFT - 8, y + 4, text, 'end')}`
}

function label(x, y, text, anchor, color = '#333333') {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${color}">${text}</text>`
}

function round(value) {
  return Math.round(value * 10) / 10
}

import { importMap } from '../assets.js'

const head = `<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/console/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/console/style.css">`

/** The console: a frame that its script fills. It holds nothing of the project, so nothing has to be escaped. */
export const consolePage: string = `<!doctype html>
<html lang="en">
<head>
${head}
<title>Console</title>
<script type="importmap">${importMap}</script>
<script type="module" src="/console/app/main.js"></script>
</head>
<body>
<div id="console"><p class="wait">Loading …</p></div>
<noscript><p class="wait">The console is a program that runs in this page: it needs JavaScript.</p></noscript>
</body>
</html>
`

/** Where the authorization server sends the login window back to; its script hands the answer over and closes it. */
export const callbackPage: string = `<!doctype html>
<html lang="en">
<head>
${head}
<title>Login</title>
<script type="module" src="/console/app/callback.js"></script>
</head>
<body>
<p class="wait" role="status" id="status">One moment …</p>
</body>
</html>
`

/** Shown before the supervisor said what the server is. */
export const waitingPage: string = `<!doctype html>
<html lang="en">
<head>
${head}
<meta http-equiv="refresh" content="1">
<title>Console</title>
</head>
<body>
<p class="wait" role="status">The first build is under way …</p>
</body>
</html>
`

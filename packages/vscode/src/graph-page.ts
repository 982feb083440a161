/** Nothing is loaded and nothing runs: the picture stands in the page. */
export function page(svg: string): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style>body { background: #fff; margin: 1rem; } svg { max-width: 100%; height: auto; }</style>
</head>
<body>${svg}</body>
</html>`;
}

// Sets light or dark before the first paint. A file of its own because the content security policy allows no inline script.
// Browsers keep it for a year: when it changes, count its name up (here and in index.html).
{
  const chosen = localStorage.getItem('tidings-color-scheme') || 'auto'
  const dark = chosen === 'dark' || (chosen === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
}

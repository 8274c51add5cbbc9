// A code that came in the address, behind "#" where no server and no log sees it: into its field, and out of the address.
const CODE = /^[0-9A-Za-z-]{12,20}$/

export function fillCode (document) {
  const form = document.querySelector('form[data-code-from-address]')
  const code = document.location.hash.slice(1)
  if (!form || !CODE.test(code)) return
  form.elements[form.dataset.codeFromAddress].value = code
  document.defaultView.history.replaceState(null, '', document.location.pathname + document.location.search)
}

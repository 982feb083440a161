-- Attaches `parley lsp` to a flow and writes what it answers as JSON. Works in Neovim 0.7 and later.
local task = vim.fn.json_decode(vim.env.PARLEY_TASK)
local seen = {}
local file = vim.uri_to_fname(task.uri)
vim.cmd("edit " .. vim.fn.fnameescape(file))
local buffer = vim.api.nvim_get_current_buf()
local id = vim.lsp.start_client({ name = "parley", cmd = task.cmd, root_dir = task.folder,
  workspace_folders = { { uri = vim.uri_from_fname(task.folder), name = "pizzeria" } } })
vim.api.nvim_buf_set_option(buffer, "filetype", "parley")
vim.lsp.buf_attach_client(buffer, id)

local function ask(method, params)
  params.textDocument = { uri = task.uri }
  local answers, why = vim.lsp.buf_request_sync(buffer, method, params, 10000)
  local answer = answers and answers[id]
  if not answer then return { failure = why or "no answer" } end
  return answer.err and { failure = answer.err.message } or answer.result
end

vim.wait(15000, function() return #vim.diagnostic.get(buffer) > 0 end, 20)
seen.diagnostics = vim.tbl_map(function(one)
  return { line = one.lnum, message = one.message, severity = one.severity }
end, vim.diagnostic.get(buffer))
seen.hover = ask("textDocument/hover", { position = task.hover })
local found = ask("textDocument/completion", { position = task.completion })
seen.completion = vim.tbl_map(function(one) return one.label end, found.items or found)
seen.format = ask("textDocument/formatting", { options = { tabSize = 2, insertSpaces = true } })
vim.api.nvim_win_set_cursor(0, { task.rename.line + 1, task.rename.character })
vim.lsp.buf.rename("which_size")
vim.wait(10000, function()
  return vim.fn.search("state which_size", "nw") > 0
end, 20)
seen.renamed = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n")
vim.fn.writefile({ vim.fn.json_encode(seen) }, task.out)
vim.cmd("qall!")

-- One operation on the cart under KEYS[1], layout as in doc.go. ARGV: what to do ('get', 'add', 'set',
-- 'restore'), SKU, quantity, time to live in ms, then the mirror: version, and SKU and quantity of each line.
-- Answers {what came of it, version, SKU, quantity, SKU, quantity, ...}.
-- Before this comes a line that carts.go writes, with the bounds of package cart:
--   local MAX = { lines = …, quantity = …, version = …, sku = … }

local key, op, sku, n, ttl = KEYS[1], ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]

local function whole(text, low, high)
  local number = text and string.find(text, '^%d+$') and tonumber(text)
  return number and number >= low and number <= high and number or nil
end

local function earlier(a, b)
  if a.place ~= b.place then return a.place < b.place end
  return a.sku < b.sku
end

-- The cart in Redis; nil where there is none or where it is none.
local function load()
  if redis.call('TYPE', key).ok ~= 'hash' or redis.call('HLEN', key) > MAX.lines + 1 then return nil end
  local cart = { lines = {} }
  local flat = redis.call('HGETALL', key)
  for i = 1, #flat, 2 do
    local field, value = flat[i], flat[i + 1]
    if field == 'version' then
      cart.version = whole(value, 1, MAX.version)
    else
      local place, quantity = string.match(value, '^(%d+) (%d+)$')
      local line = { sku = string.match(field, '^sku:([!-~]+)$'),
        place = whole(place, 1, MAX.version), quantity = whole(quantity, 1, MAX.quantity) }
      if not (line.sku and line.place and line.quantity) or #line.sku > MAX.sku then return nil end
      table.insert(cart.lines, line)
    end
  end
  if not cart.version or #cart.lines > MAX.lines then return nil end
  table.sort(cart.lines, earlier)
  return cart
end

local function mirror()
  local cart = { version = tonumber(ARGV[5]), lines = {} }
  for i = 6, #ARGV, 2 do
    table.insert(cart.lines, { sku = ARGV[i], place = #cart.lines + 1, quantity = tonumber(ARGV[i + 1]) })
  end
  return cart
end

local function write(line)
  redis.call('HSET', key, 'sku:' .. line.sku, string.format('%d %d', line.place, line.quantity))
end

local function writeVersion(cart)
  redis.call('HSET', key, 'version', string.format('%d', cart.version))
end

-- Puts the mirror in place of what Redis has. A cart that was never edited is not kept.
-- DEL only where there is something: a full Redis refuses a script's first write, not those after it.
local function restore(cart)
  if redis.call('EXISTS', key) == 1 then redis.call('DEL', key) end
  if cart.version == 0 then return end
  writeVersion(cart)
  for _, line in ipairs(cart.lines) do write(line) end
end

local function find(cart)
  for i, line in ipairs(cart.lines) do
    if line.sku == sku then return i, line end
  end
end

local function changed(cart)
  cart.version = math.min(cart.version + 1, MAX.version)
  writeVersion(cart)
  return 'ok'
end

local edit = {}

function edit.restore() return 'ok' end

function edit.add(cart)
  local _, line = find(cart)
  if (line and line.quantity or 0) + n > MAX.quantity then return 'quantity' end
  if not line then
    if #cart.lines >= MAX.lines then return 'full' end
    local last = cart.lines[#cart.lines]
    line = { sku = sku, place = last and last.place + 1 or 1, quantity = 0 }
    table.insert(cart.lines, line)
  end
  line.quantity = line.quantity + n
  write(line)
  return changed(cart)
end

function edit.set(cart)
  local i, line = find(cart)
  if not line then return n == 0 and 'ok' or 'unknown' end
  if line.quantity == n then return 'ok' end
  if n == 0 then
    redis.call('HDEL', key, 'sku:' .. sku)
    table.remove(cart.lines, i)
  else
    line.quantity = n
    write(line)
  end
  return changed(cart)
end

local function answer(result, cart)
  local out = { result, cart.version }
  for _, line in ipairs(cart.lines) do
    table.insert(out, line.sku)
    table.insert(out, line.quantity)
  end
  return out
end

local cart, copy = load(), mirror()
if op == 'get' then
  return cart and answer('ok', cart) or answer('absent', copy)
end
if not cart or copy.version > cart.version then
  cart = copy
  restore(cart)
end
local result = edit[op](cart)
redis.call('PEXPIRE', key, ttl)
return answer(result, cart)

-- One operation on the cart under KEYS[1], layout as in doc.go. ARGV: what to do ('get', 'add', 'set', 'prefer',
-- 'confirm', 'restore'), a number for it (a quantity, a wish), time to live in ms, version of the mirror, how many
-- lines it has, these lines, and then the lines that the operation is about: one that is added, set or wished for,
-- all that are confirmed. A line is WIDTH values: SKU, quantity, price, units left, day, wish.
-- Answers {what came of it, version, line, line, ...}.
-- Before this comes a line that carts.go writes, with the bounds of package cart:
--   local MAX = { lines = …, quantity = …, version = …, sku = …, price = …, left = …, day = …, wish = … }

local WIDTH, FIRST = 6, 6
local key, op, n, ttl = KEYS[1], ARGV[1], tonumber(ARGV[2]), ARGV[3]

local function whole(text, low, high)
  local number = text and string.find(text, '^%d+$') and tonumber(text)
  return number and number >= low and number <= high and number or nil
end

local function earlier(a, b)
  if a.place ~= b.place then return a.place < b.place end
  return a.sku < b.sku
end

-- A line of the hash; nil where it is none. Lines of which nothing was shown and wished have two numbers.
local function read(field, value)
  local place, quantity, rest = string.match(value, '^(%d+) (%d+)(.*)$')
  local line = { sku = string.match(field, '^sku:([!-~]+)$'), place = whole(place, 1, MAX.version),
    quantity = whole(quantity, 1, MAX.quantity), price = 0, left = 0, day = 0, wish = 0 }
  if not (line.sku and line.place and line.quantity) or #line.sku > MAX.sku then return nil end
  if rest == '' then return line end
  local price, left, day, wish = string.match(rest, '^ (%d+) (%d+) (%d+) (%d+)$')
  line.price, line.left = whole(price, 0, MAX.price), whole(left, 0, MAX.left)
  line.day, line.wish = whole(day, 0, MAX.day), whole(wish, 0, MAX.wish)
  if not (line.price and line.left and line.day and line.wish) then return nil end
  if line.price == 0 and line.left + line.day > 0 then return nil end
  return line
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
      local line = read(field, value)
      if not line then return nil end
      table.insert(cart.lines, line)
    end
  end
  if not cart.version or #cart.lines > MAX.lines then return nil end
  table.sort(cart.lines, earlier)
  return cart
end

local function given(first, count)
  local lines = {}
  for i = first, first + (count - 1) * WIDTH, WIDTH do
    table.insert(lines, { sku = ARGV[i], place = #lines + 1, quantity = tonumber(ARGV[i + 1]), price = tonumber(ARGV[i + 2]),
      left = tonumber(ARGV[i + 3]), day = tonumber(ARGV[i + 4]), wish = tonumber(ARGV[i + 5]) })
  end
  return lines
end

local mirrored = tonumber(ARGV[5])

local function mirror()
  return { version = tonumber(ARGV[4]), lines = given(FIRST, mirrored) }
end

local about = given(FIRST + mirrored * WIDTH, (#ARGV - FIRST + 1) / WIDTH - mirrored)

local function write(line)
  local value = string.format('%d %d', line.place, line.quantity)
  if line.price + line.wish > 0 then
    value = string.format('%s %.0f %d %d %d', value, line.price, line.left, line.day, line.wish)
  end
  redis.call('HSET', key, 'sku:' .. line.sku, value)
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

local function find(cart, sku)
  for i, line in ipairs(cart.lines) do
    if line.sku == sku then return i, line end
  end
end

-- Takes over what was shown of a line.
local function show(line, shown)
  line.price, line.left, line.day = shown.price, shown.left, shown.day
end

local function changed(cart)
  cart.version = math.min(cart.version + 1, MAX.version)
  writeVersion(cart)
  return 'ok'
end

local edit = {}

function edit.restore() return 'ok' end

function edit.add(cart)
  local _, line = find(cart, about[1].sku)
  if (line and line.quantity or 0) + n > MAX.quantity then return 'quantity' end
  if not line then
    if #cart.lines >= MAX.lines then return 'full' end
    local last = cart.lines[#cart.lines]
    line = { sku = about[1].sku, place = last and last.place + 1 or 1, quantity = 0, price = 0, wish = 0 }
    table.insert(cart.lines, line)
  end
  line.quantity = line.quantity + n
  if line.price == 0 then show(line, about[1]) end
  write(line)
  return changed(cart)
end

function edit.set(cart)
  local i, line = find(cart, about[1].sku)
  if not line then return n == 0 and 'ok' or 'unknown' end
  if line.quantity == n then return 'ok' end
  if n == 0 then
    redis.call('HDEL', key, 'sku:' .. line.sku)
    table.remove(cart.lines, i)
  else
    line.quantity = n
    write(line)
  end
  return changed(cart)
end

function edit.prefer(cart)
  local _, line = find(cart, about[1].sku)
  if not line then return 'unknown' end
  if line.wish == n then return 'ok' end
  line.wish = n
  write(line)
  return changed(cart)
end

function edit.confirm(cart)
  local news = false
  for _, shown in ipairs(about) do
    local _, line = find(cart, shown.sku)
    if line and (line.price ~= shown.price or line.left ~= shown.left or line.day ~= shown.day) then
      show(line, shown)
      write(line)
      news = true
    end
  end
  return news and changed(cart) or 'ok'
end

local function answer(result, cart)
  local out = { result, cart.version }
  for _, line in ipairs(cart.lines) do
    for _, value in ipairs({ line.sku, line.quantity, line.price, line.left, line.day, line.wish }) do table.insert(out, value) end
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

-- One operation on a session. KEYS[1] is the session, KEYS[2] its account; both lie on one node of a Cluster, for their names
-- have the same {braces}. ARGV: what to do, then what that needs. Times are Redis's own, in ms. Answers {word, started, seen}.
--
--   session  hash  epoch, started, seen
--   account  hash  epoch: the least that a session may have; "s:HASH" for each session: when it was begun

local session, account, op = KEYS[1], KEYS[2], ARGV[1]
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

local function field(key, name) return tonumber(redis.call('HGET', key, name) or '') end

-- The session of the same account with this hash.
local function named(hash) return (string.gsub(session, '[^:]+$', hash)) end

local function drop(hash)
  redis.call('DEL', named(hash))
  redis.call('HDEL', account, 's:' .. hash)
end

local function hashes()
  local out = {}
  for _, name in ipairs(redis.call('HKEYS', account)) do
    local hash = string.match(name, '^s:(%x+)$')
    if hash then table.insert(out, hash) end
  end
  return out
end

-- Sessions that ran out leave their names; a begin sweeps them away.
local function sweep()
  for _, hash in ipairs(hashes()) do
    if redis.call('EXISTS', named(hash)) == 0 then redis.call('HDEL', account, 's:' .. hash) end
  end
end

local run = {}

-- ARGV: hash, epoch, idle, life
function run.begin()
  local hash, epoch, idle, life = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
  if epoch < (field(account, 'epoch') or 0) then return { 'gone', 0, 0 } end
  sweep()
  redis.call('HSET', session, 'epoch', epoch, 'started', now, 'seen', now)
  redis.call('PEXPIRE', session, math.min(idle, life))
  redis.call('HSET', account, 's:' .. hash, now)
  redis.call('PEXPIRE', account, life)
  return { 'ok', now, now }
end

-- ARGV: hash, idle, life. What is not there is never made: an ended session stays so, whoever was late.
function run.touch()
  local hash, idle, life = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
  local started, epoch = field(session, 'started'), field(session, 'epoch')
  if not started or not epoch then return { 'gone', 0, 0 } end
  local rest = started + life - now
  if rest <= 0 or epoch < (field(account, 'epoch') or 0) or not field(account, 's:' .. hash) then
    drop(hash)
    return { 'gone', 0, 0 }
  end
  redis.call('HSET', session, 'seen', now)
  redis.call('PEXPIRE', session, math.min(idle, rest))
  return { 'ok', started, now }
end

-- ARGV: hash
function run.finish()
  drop(ARGV[2])
  return { 'ok', 0, 0 }
end

-- ARGV: epoch, life. Ends all, and those that are begun for an earlier epoch.
function run.all()
  for _, hash in ipairs(hashes()) do drop(hash) end
  redis.call('HSET', account, 'epoch', math.max(tonumber(ARGV[2]), field(account, 'epoch') or 0))
  redis.call('PEXPIRE', account, ARGV[3])
  return { 'ok', 0, 0 }
end

function run.list()
  local out = { 'ok', 0, 0 }
  for _, hash in ipairs(hashes()) do
    local started, seen = field(named(hash), 'started'), field(named(hash), 'seen')
    if started and seen then
      table.insert(out, started)
      table.insert(out, seen)
    end
  end
  return out
end

return run[op]()

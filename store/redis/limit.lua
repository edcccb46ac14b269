-- One claim on a rate, by GCRA. KEYS[1] holds the moment at which all is given back, in microseconds of Redis's own clock.
-- ARGV: burst, microseconds for one. Answers {microseconds to wait; 0 where it was taken}.

local burst, every = tonumber(ARGV[1]), tonumber(ARGV[2])
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local due = math.max(tonumber(redis.call('GET', KEYS[1]) or '') or 0, now)
due = math.min(due, now + burst * every) + every
local over = due - now - burst * every
if over > 0 then return { over } end
redis.call('SET', KEYS[1], string.format('%d', due), 'PX', math.ceil((due - now) / 1000) + 1)
return { 0 }

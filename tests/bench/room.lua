-- What readers of the reading room ask, for wrk: each thinks a while, then asks for one of the screens' parts.
--
--   wrk ... -s room.lua ORIGIN -- COOKIE NAMES ITEMS WORD...
--
-- COOKIE is the session's, NAMES their numbers with commas between, ITEMS how many there are.

local threads = {}
local cookie, items
local names, words = {}, {}

function setup(thread)
    thread:set("number", #threads)
    table.insert(threads, thread)
end

function init(args)
    cookie, items = args[1], tonumber(args[3])
    for id in args[2]:gmatch("%d+") do names[#names + 1] = id end
    for i = 4, #args do words[#words + 1] = args[i] end
    math.randomseed(7 + number)
    statuses = {}
    wrk.headers["Cookie"] = cookie
end

local function word() return words[math.random(#words)] end
local function name() return names[math.random(#names)] end
local function item() return math.random(items) end

-- How often of 100, and what.
local kinds = {
    {25, function() return "/search?facets=1&q=" .. word() .. "%20" .. word() end},
    {5, function() return "/search?q=" .. word() .. "&sort=date" end},
    {10, function() return "/complete?q=" .. word():sub(1, 3) end},
    {15, function() return "/items/" .. item() end},
    {15, function() return "/items/" .. item() .. "/pages/1?q=" .. word() end},
    {5, function() return "/items/" .. item() .. "/pages/1/words" end},
    {10, function() return "/items/" .. item() .. "/pages/1/names" end},
    {5, function() return "/ledger?limit=100&after=" .. item() end},
    {4, function() return "/names?limit=100&offset=" .. math.random(0, 2000) end},
    {4, function() return "/names/" .. name() end},
    {2, function() return "/status" end},
}

function delay() return math.random(200, 800) end

function request()
    local dice = math.random(100)
    for _, kind in ipairs(kinds) do
        dice = dice - kind[1]
        if dice <= 0 then return wrk.format("GET", "/api/v1" .. kind[2]()) end
    end
end

function response(status)
    statuses[status] = (statuses[status] or 0) + 1
end

function done(summary, latency)
    local counts = {}
    for _, thread in ipairs(threads) do
        for status, count in pairs(thread:get("statuses")) do
            counts[status] = (counts[status] or 0) + count
        end
    end
    local other = ""
    for status, count in pairs(counts) do
        other = other .. string.format('%s"%d":%d', other == "" and "" or ",", status, count)
    end
    local broken = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
    print(string.format('{"requests":%d,"seconds":%.1f,"p50":%.1f,"p90":%.1f,"p99":%.1f,"max":%.1f,"broken":%d,"statuses":{%s}}',
        summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(90) / 1e3,
        latency:percentile(99) / 1e3, latency.max / 1e3, broken, other))
end

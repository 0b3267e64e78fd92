-- Writes each study that has been quiet for StableAge seconds into the drop folder, DROP/CENTER/STUDY/, and takes it out of Orthanc.
-- HCC_DROP is the drop folder; HCC_CENTERS tells the centre from the sender's application entity title: "BERMR1=BER,MUCMR=MUC,*=OTHER".
-- A study of a sender that is not named stays in Orthanc, and its log says so.

local function centerOf(title)
  local other = nil
  for key, center in string.gmatch(os.getenv("HCC_CENTERS") or "", "([^=,%s]+)=([%w_%-]+)") do
    if key == title then return center end
    if key == "*" then other = center end
  end
  return other
end

local function write(path, content)
  local file, problem = io.open(path, "wb")
  if not file then error(problem) end
  local ok, failure = file:write(content)
  file:close()
  if not ok then error(failure) end
end

function OnStableStudy(studyId, tags, metadata, origin)
  local instances = ParseJson(RestApiGet("/studies/" .. studyId .. "/instances"))
  local title = RestApiGet("/instances/" .. instances[1]["ID"] .. "/metadata/RemoteAET")
  local center = centerOf(title)
  if not center then
    print("The sender " .. title .. " is not in HCC_CENTERS: study " .. studyId .. " stays here")
    return
  end
  -- A name that begins with a dot is left alone by the drop folder until it is renamed: it takes the study whole.
  local folder = os.getenv("HCC_DROP") .. "/" .. center
  local partial = folder .. "/." .. studyId
  local made = os.execute("mkdir -p '" .. partial .. "'")   -- 0 in Lua 5.1, true in later versions
  if made ~= 0 and made ~= true then error("can't make " .. partial) end
  for i, instance in ipairs(instances) do
    write(string.format("%s/%06d.dcm", partial, i), RestApiGet("/instances/" .. instance["ID"] .. "/file"))
  end
  -- What a study gets after it was handed over is a delivery of its own.
  local target = folder .. "/" .. studyId .. os.date("-%Y%m%dT%H%M%S")
  local ok, problem = os.rename(partial, target)
  if not ok then error(problem) end
  RestApiDelete("/studies/" .. studyId)
  print("Study " .. studyId .. " handed over: " .. #instances .. " files for centre " .. center)
end

// Photos and sounds per second beside raw ONNX Runtime, the share of preprocessing, and the time to the first vector.
// dotnet run -c Release --project bench/Media -- ASSETS [photos|sounds|networks|share|start]
using Media;

if (args is ["first", .. var model])
{
    FirstVector.Child(model);
    return 0;
}

if (args is not ([_] or [_, "photos" or "sounds" or "networks" or "share" or "start"]))
{
    Console.Error.WriteLine("Usage: Media ASSETS [photos|sounds|networks|share|start]");
    return 2;
}

(string Name, Action<string> Run)[] parts =
    [("photos", Photos.Run), ("sounds", Sounds.Run), ("networks", Networks.Run), ("share", PictureShare.Run), ("start", FirstVector.Run)];
Console.WriteLine($"{Environment.ProcessorCount} cores");
foreach (var part in parts.Where(part => args.Length == 1 || args[1] == part.Name))
{
    part.Run(args[0]);
}

return 0;

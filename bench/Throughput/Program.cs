using Throughput;
var a = args[0];
Console.WriteLine($"{TextSets.Short(a).Length} {TextSets.Mixed(a).Length}");
return 0;

// Recall and speed of our indexes beside hnswlib. run.sh makes the data and the peer first.
var options = Options.Parse(args);
Action<Options> part = options.Part switch
{
    "make" => made => DataMaker.Run(made.Folder),
    "make-texts" => made => DataMaker.RunTexts(made.Folder),
    "search" => SearchPart.Run,
    "build" => BuildPart.Run,
    "build-one" => BuildPart.RunOne,
    "filter" => FilterPart.Run,
    "churn" => ChurnPart.Run,
    "codes" => CodesPart.Run,
    "open" => OpenPart.Run,
    "open-one" => OpenPart.RunOne,
    _ => throw new ArgumentException($"There is no part '{options.Part}'."),
};
part(options);

// Chooses how classifiers are joined to texts, by photos and clips that nothing of the built-in model was chosen by (docs/decisions/0004).
// dotnet run -c Release --project bench/Senses -- photos FOLDER | sounds FOLDER
// Photos: github.com/EliSchwartz/imagenet-sample-images, one for each class. Clips: those of ESC-10, named CLASS__NUMBER.wav.
using Senses;

switch (args)
{
    case ["photos", var folder]:
        Photos.Run(folder);
        return 0;
    case ["sounds", var folder]:
        Sounds.Run(folder);
        return 0;
    default:
        Console.Error.WriteLine("Usage: Senses photos FOLDER | sounds FOLDER");
        return 2;
}

using Distill;
using Simile.Models;

// texts [WORDNET] [CAPTIONS]: prints WordNet's glosses and examples, and sentences made of its words, one per line. run STSB.csv TEACHER
// OUT [TEXTS] [DIMENSIONS] [TYPE]: distills a teacher, then prints Spearman's correlation and the time in seconds. speed TEXTS MODEL:
// prints texts of 40 to 80 characters per second of processor time. evaluate STSB.csv MODEL…: prints Spearman's correlation of each model.
switch (args)
{
    case ["texts", .. var rest]:
        var wordNet = new WordNet(rest.ElementAtOrDefault(0) ?? "/usr/share/wordnet");
        var captions = new Captions(wordNet, seed: 1);
        var made = Enumerable.Range(0, int.Parse(rest.ElementAtOrDefault(1) ?? "24000")).Select(_ => captions.Next());
        foreach (var text in Glosses.Of(wordNet).Concat(made).Distinct())
        {
            Console.WriteLine(text);
        }

        return 0;
    case ["run", var file, var teacher, var folder, .. var rest]:
        Runs.Distill(teacher, folder, rest);
        Runs.Evaluate(file, [folder]);
        return 0;
    case ["evaluate", var file, .. var models]:
        Runs.Evaluate(file, models);
        return 0;
    case ["speed", var file, var name]:
        Runs.Speed(name, file);
        return 0;
    default:
        Console.Error.WriteLine("Say texts, run, evaluate or speed: Program.cs says with what.");
        return 2;
}

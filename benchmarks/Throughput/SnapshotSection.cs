using MonaLisa.Engine;

namespace MonaLisa.Benchmarks;

/// <summary>What a snapshot after every epoch costs on the wall clock: turns of some epochs with and without, in one run.</summary>
internal static class SnapshotSection
{
    private const int EpochsPerTurn = 8;

    public static void Run(BenchmarkOptions options, Report report)
    {
        Table table = report.AddTable($"A snapshot every epoch, in turns of {EpochsPerTurn} epochs with and without",
            "network", "picture", "pairs of turns", "ms an epoch", "KiB a snapshot", "slower by", "quartiles");
        PixelDataset usual = SyntheticPicture.Create(300, 429), small = SyntheticPicture.Create(100, 100);
        AddDefault("default", usual);
        AddDefault("default", small);
        foreach (NetworkCase network in options.Networks.Where(network => network.Hidden is [256, 256, 256] or [64, 64, 64]))
            AddRow(options, table, network.Name, usual, new Mlp(network.Design), new TrainingOptions { LearningRate = 1e-4 });

        void AddDefault(string name, PixelDataset picture)
        {
            TrainingPlan plan = TrainingDefaults.For(picture, TrainingQuality.Standard, MlpDesign.DefaultSeed);
            AddRow(options, table, name, picture, new Mlp(plan.Design), plan.Options);
        }
    }

    private static void AddRow(
        BenchmarkOptions options, Table table, string name, PixelDataset picture, Mlp network, TrainingOptions training)
    {
        Report.Announce($"Snapshots: {name}, {picture.Width} x {picture.Height}");
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}{TrainingSnapshots.Extension}");
        try
        {
            TurnsOfSnapshots turns;
            using (var recorder = new SnapshotRecorder(
                new SnapshotOptions { Path = path, Schedule = SnapshotSchedule.EveryEpochs(1) }, picture))
            {
                turns = new TurnsOfSnapshots(recorder, EpochsPerTurn);
                var time = TimeSpan.FromSeconds(10 * options.Seconds);
                Trainer.Train(
                    picture, network, training with { Epochs = null, MaxTime = time, TargetPsnr = null }, watchers: [turns]);
            }
            double[] slowDowns = [.. turns.SlowDowns.Order()];
            double kibibytes = new FileInfo(path).Length / 1024.0 / TrainingSnapshots.Open(path).Snapshots.Count;
            table.Add(name, $"{picture.Width} x {picture.Height}", $"{slowDowns.Length}",
                FormattableString.Invariant($"{1000 * turns.SecondsWithout:F2}"), FormattableString.Invariant($"{kibibytes:F0}"),
                Percent(Statistics.Median(slowDowns)),
                $"{Percent(slowDowns[slowDowns.Length / 4])} to {Percent(slowDowns[^(slowDowns.Length / 4 + 1)])}");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Percent(double share) => FormattableString.Invariant($"{100 * share:F1} %");
}

using MonaLisa.Engine;
using MonaLisa.Engine.Training;

namespace MonaLisa.Quality;

/// <summary>
/// Learns the neurons that networks with a grid begin with (src/Engine/Model/grid-start.bin) from photographs: each is learned for an epoch, in
/// turn, from tables that begin with it, and the neurons move a part of the way to what they became (Reptile; Nichol, Achiam and Schulman 2018,
/// arXiv 1803.02999).
/// </summary>
internal static class GridStartSection
{
    private const int LongestSide = 480, UsualRounds = 6;

    /// <summary>The part of the way, at first and at last; the first round goes all of it.</summary>
    private const float FirstPart = 0.3f, LastPart = 0.02f;

    public static void Run(QualityOptions options)
    {
        PixelDataset[] pictures = [.. PictureFinder.All(options).Select(Small)];
        int steps = (options.Steps ?? UsualRounds) * pictures.Length;
        float[] numbers = [.. NeighborhoodLearning.NumbersOf(new Mlp(GridStart.Design with { Seed = options.Seed }))];
        double sum = 0;
        for (int step = 0; step < steps; step++)
        {
            PixelDataset picture = pictures[step % pictures.Length];
            TrainingPlan plan = TrainingDefaults.For(picture, TrainingQuality.Draft, options.Seed);
            var network = new Mlp(GridStart.Design.With(plan.Design.Encoding));
            DenseLayer.Fill(network.Layers, numbers);
            PictureTables.Fill(network, picture);
            TrainingOptions training = plan.Options with
            {
                Seed = options.Seed + step,
                Epochs = 1,
                MaxTime = null,
                Schedule = LearningRateSchedule.Constant,
                LearningRate = 1e-2,
                ThreadCount = options.Threads,
            };
            TrainingRun run = Trainer.Train(picture, network, training);
            float part = step < pictures.Length ? 1 : FirstPart * (1 - (float)step / steps) + LastPart;
            foreach ((int i, float number) in NeighborhoodLearning.NumbersOf(run.Network).Index())
                numbers[i] += part * (number - numbers[i]);
            sum += run.Psnr;
            if (step % pictures.Length < pictures.Length - 1)
                continue;
            Console.WriteLine($"Round {step / pictures.Length + 1}: mean {sum / pictures.Length:F2} dB after an epoch.");
            sum = 0;
        }
        NeighborhoodLearning.Write(options, GridStart.Resource, numbers);
    }

    private static PixelDataset Small(PixelDataset picture)
    {
        double scale = (double)LongestSide / Math.Max(picture.Width, picture.Height);
        return Resampling.Resize(picture, (int)Math.Round(picture.Width * scale), (int)Math.Round(picture.Height * scale));
    }
}

using System.Buffers.Binary;
using MonaLisa.Engine;
using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Training;

namespace MonaLisa.Quality;

/// <summary>
/// Learns the numbers that networks with latents start with (src/Engine/Model/latent-start.bin) from pictures, each at several quantisation
/// steps. They are a part of the file format: a file that is written with other numbers cannot be read with these.
/// </summary>
internal static class LatentStartSection
{
    private const int UsualRounds = 60, RoundsBeforeChoice = 2;
    private const double LearningRate = 8e-3, LeastRate = 1e-4;
    private static readonly double[] Steps = [10, 18, 32, 56, 100];

    public static void Run(QualityOptions options)
    {
        int rounds = options.Steps ?? UsualRounds;
        using var work = new LatentWork(options.Threads);
        (ThinNetwork entropy, ThinNetwork synthesis) = Draw(options.Seed);
        LatentLearner[] learners = [.. PictureFinder.GivenOrAll(options).SelectMany(picture => Steps.Select(step => new LatentLearner(
            picture, LatentEncoding.For(picture.Width, picture.Height, picture.Channels), (float)(step / byte.MaxValue),
            LatentColors.Of(picture), gaps: null, entropy, synthesis, (entropy.Parameters, synthesis.Parameters), pull: 0, LatentTraining.BitPrice, work, options.Seed)))];
        var random = new Random(options.Seed);
        for (int round = 0; round < rounds; round++)
        {
            float rate = (float)(LearningRates.At(LearningRateSchedule.Cosine, LearningRate, (double)round / rounds) + LeastRate);
            random.Shuffle(learners);
            double bits = learners.Sum(learner => Math.Log2(Learn(learner, rate, choosesLatents: round >= RoundsBeforeChoice)));
            Console.WriteLine($"Round {round}: mean logarithm of the bits {bits / learners.Length:F4}.");
        }
        Write([.. entropy.Parameters, .. synthesis.Parameters], Path.Combine(options.Folder ?? ".", "latent-start.bin"));
    }

    private static double Learn(LatentLearner learner, float rate, bool choosesLatents)
    {
        learner.LearnSynthesis(rate, CancellationToken.None);
        if (choosesLatents)
            learner.MoveTargets(CancellationToken.None);
        double bits = learner.LearnEntropy(rate, choosesLatents ? LatentTraining.BitPrice : null, CancellationToken.None);
        learner.ShowDetails();
        return bits;
    }

    private static (ThinNetwork Entropy, ThinNetwork Synthesis) Draw(int seed)
    {
        const double Deviation = 0.15;
        ThinKernel kernel = ThinKernel.Of(InstructionSets.Best);
        var random = new RandomSource(RandomSource.Mix((ulong)seed));
        ThinNetwork entropy = LatentNetwork.CreateEntropy(kernel);
        for (int layer = 0; layer < entropy.Widths.Count - 1; layer++)
            Fill(entropy.Weights(layer), Deviation, ref random);
        // The first correction is none.
        var synthesis = new ThinNetwork(
            [new LatentEncoding().FeatureCount, .. LatentStart.UsualLayers, MlpDesign.DefaultOutputCount], kindCount: 1, kernel);
        for (int layer = 0; layer < synthesis.Widths.Count - 2; layer++)
            Fill(synthesis.Weights(layer), Deviation, ref random);
        return (entropy, synthesis);
    }

    private static void Fill(Span<float> weights, double deviation, ref RandomSource random)
    {
        foreach (ref float weight in weights)
            weight = random.NextNormal(deviation);
    }

    private static void Write(float[] numbers, string path)
    {
        byte[] bytes = new byte[numbers.Length * sizeof(short)];
        for (int i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i * sizeof(short)), (short)LatentWeight.ToWhole(numbers[i]));
        File.WriteAllBytes(path, bytes);
    }
}

using MonaLisa.Engine;

namespace MonaLisa.Quality;

/// <summary>The settings that are tuned to given weights and times.</summary>
internal static class TargetTable
{
    private const string MonaLisa = "mona-lisa.jpg", Astronaut = "astronaut.png";

    /// <summary>Weights and biases of the main table.</summary>
    public const long UsualWeights = 210_000;

    private static readonly TargetSetting Grid = new()
    {
        Name = "grid", Encoding = EncodingKind.Grid, Levels = 8, Features = 2, Coarsest = 16, Finest = 1,
        HiddenLayers = [64], Activation = Activation.ReLU, Batch = 2048, LearningRate = 2e-2, Beta2 = 0.99, Epsilon = 1e-15,
    };

    private static readonly TargetSetting Dense = new()
    {
        Name = "dense", HiddenLayers = [256, 256, 256], Activation = Activation.FINER, Batch = 1024,
    };

    private static readonly TargetSetting BareRectifier = new()
    {
        Name = "6 x 300 leaky ReLU", HiddenLayers = [300, 300, 300, 300, 300, 300], Activation = Activation.LeakyReLU, Batch = 1024,
        Optimizer = Optimizer.Muon,
    };

    /// <summary>Every row.</summary>
    public static IReadOnlyList<Target> All { get; } =
    [
        new(MonaLisa, 1, UsualWeights, Grid),
        new(MonaLisa, 2, UsualWeights, Grid),
        new(MonaLisa, 10, UsualWeights, Grid),
        new(MonaLisa, 60, UsualWeights, Grid with { Batch = 4096, LearningRate = 1e-2 }),
        new(MonaLisa, 10, 40_000, Grid),
        new(MonaLisa, 10, 200_000, Dense),
        new(MonaLisa, 60, 200_000, Dense with { Activation = Activation.Sine }),
        new(MonaLisa, 60, null, BareRectifier),
        new(Astronaut, 10, 280_000, Grid with { Batch = 4096 }),
        new(Astronaut, 60, 280_000, Grid with { Batch = 4096, LearningRate = 1e-2 }),
    ];

    /// <summary>The rows of the main table whose times are nearest to those asked for, for another picture.</summary>
    /// <param name="picture">The picture's file.</param>
    /// <param name="seconds">The times.</param>
    /// <param name="weights">The most weights and biases.</param>
    public static IEnumerable<Target> For(string picture, IEnumerable<double> seconds, long weights)
    {
        Target[] main = [.. All.Where(target => target is { Picture: MonaLisa, MaxWeights: UsualWeights })];
        return seconds.Select(time => main.MinBy(target => Math.Abs(Math.Log(target.Seconds / time)))! with
        {
            Picture = picture,
            Seconds = time,
            MaxWeights = weights,
        });
    }
}

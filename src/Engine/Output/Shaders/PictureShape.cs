namespace MonaLisa.Engine.Output;

/// <summary>The size of the learned picture, as well as it is known.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="IsTold">Whether the network tells it; otherwise only the proportion means something.</param>
internal readonly record struct PictureShape(int Width, int Height, bool IsTold)
{
    /// <summary>
    /// What a network's training tells; for want of that the proportion of a grid's finest level, which goes by the picture, or a square.
    /// </summary>
    public static PictureShape Of(Mlp network) => (network.Training, network.Design.Encoding) switch
    {
        (TrainingFacts facts, _) => new(facts.PictureWidth, facts.PictureHeight, IsTold: true),
        (null, GridEncoding grid) => new(grid.Levels[^1].Columns, grid.Levels[^1].Rows, IsTold: false),
        _ => new(TrainingDefaults.UsualSide, TrainingDefaults.UsualSide, IsTold: false),
    };
}

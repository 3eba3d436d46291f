namespace MonaLisa.Engine.Output;

/// <summary>The size of the learned picture, as well as it is known.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="IsTold">Whether the network has it; otherwise only the proportion means something.</param>
internal readonly record struct PictureShape(int Width, int Height, bool IsTold)
{
    /// <summary>
    /// The size of the picture that a network has in it, or that in the network's training facts; without them, the proportion of a grid's
    /// finest level, which follows the picture, or a square.
    /// </summary>
    public static PictureShape Of(Mlp network) => (network.Training, network.Design.Encoding) switch
    {
        (_, LatentEncoding latents) => new(latents.Width, latents.Height, IsTold: true),
        (_, NeighborhoodEncoding picture) => new(picture.Width, picture.Height, IsTold: true),
        (TrainingFacts facts, _) => new(facts.PictureWidth, facts.PictureHeight, IsTold: true),
        (null, GridEncoding grid) => new(grid.Levels[^1].Columns, grid.Levels[^1].Rows, IsTold: false),
        _ => new(TrainingDefaults.UsualSide, TrainingDefaults.UsualSide, IsTold: false),
    };
}

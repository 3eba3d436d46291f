using MonaLisa.Engine;

namespace MonaLisa.Quality;

/// <summary>The choices behind a grid, to change one of them.</summary>
/// <param name="Levels">Number of levels.</param>
/// <param name="Features">Features of a level.</param>
/// <param name="Coarsest">Vertices along the picture's shorter side on the coarsest level.</param>
/// <param name="Finest">Vertices along the shorter side on the finest level.</param>
/// <param name="Values">Values of all tables.</param>
internal sealed record GridShape(int Levels, int Features, double Coarsest, double Finest, long Values)
{
    /// <summary>The choices that a grid was made by.</summary>
    public static GridShape Of(GridEncoding grid) => new(
        grid.Levels.Count, grid.FeaturesPerLevel, grid.Levels[0].ShorterSide, grid.Levels[^1].ShorterSide, grid.ParameterCount);

    /// <summary>The grid for a picture.</summary>
    public GridEncoding For(PixelDataset picture) =>
        GridEncoding.Within(Values, picture.Width, picture.Height, Levels, Math.Min(Coarsest, Finest), Finest, Features);
}

using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>Tables that begin with a picture, against their definition in double precision.</summary>
public class PictureTablesTests
{
    private const double Scale = 5, Sigma = 0.6;

    private static readonly GridLevel[] Levels = [new(4, 5, 20), new(9, 8, 72), new(20, 16, 90), new(30, 24, 720)];

    // What is averaged from smaller copies of the picture, of whole numbers, differs a little.
    [Theory]
    [InlineData(30, 24, 3, 8, 1e-3), InlineData(30, 24, 1, 16, 1e-3), InlineData(30, 24, 4, 8, 1e-3), InlineData(7, 5, 3, 8, 1e-3)]
    [InlineData(131, 99, 3, 8, 0.1), InlineData(131, 99, 3, 16, 0.1)]
    public void Each_level_has_what_the_picture_has_beyond_the_coarser_ones(int width, int height, int channels, int bits, double bound)
    {
        PixelDataset picture = bits == 8 ? TestPictures.Create(width, height, channels) : TestPictures.Create16(width, height, channels);
        Mlp network = TestNetworks.Create(new GridEncoding { Levels = Levels }, Activation.ReLU, [9]);
        PictureTables.Fill(network, picture, TestContext.Current.CancellationToken);

        double[,] colors = Planes(picture);
        var reference = new ReferenceEncoding(network);
        for (int number = 0; number < Levels.Length; number++)
        {
            GridLevel level = Levels[number];
            var sums = new double[level.EntryCount * 2];
            var sharers = new int[level.EntryCount];
            for (int row = 0; row < level.Rows; row++)
                for (int column = 0; column < level.Columns; column++)
                {
                    double x = (column + 0.5) / level.Columns, y = (row + 0.5) / level.Rows;
                    double[] features = reference.Features(x, y);
                    int entry = level.RowStart(row) + column;
                    sharers[entry]++;
                    for (int feature = 0; feature < 2; feature++)
                    {
                        int step = feature == 0 ? 1 : 2, plane = feature == 0 ? 0 : 1 + number % 2;
                        double coarser = 0;
                        for (int each = feature == 0 ? 0 : number % 2; each < number; each += step)
                            coarser += features[2 * each + feature];
                        sums[2 * entry + feature] += Mean(colors, plane, picture, level, x, y) - coarser;
                    }
                }
            for (int i = 0; i < sums.Length; i++)
                Assert.Equal(sums[i] / Math.Max(1, sharers[i / 2]), network.EncodingTensors[number].Values[i], bound);
        }
    }

    [Fact]
    public void More_features_than_two_are_zero()
    {
        Mlp network = TestNetworks.Create(new GridEncoding { Levels = [new(9, 8, 72)], FeaturesPerLevel = 4 }, Activation.ReLU, [9]);
        PictureTables.Fill(network, TestPictures.Create(30, 24), TestContext.Current.CancellationToken);
        Assert.All(network.EncodingTensors[0].Values.Chunk(4), entry => Assert.Equal([0f, 0f], entry[2..]));
        Assert.All(network.EncodingTensors[0].Values.Chunk(4), entry => Assert.NotEqual([0f, 0f], entry[..2]));
    }

    [Fact]
    public void What_is_canceled_leaves_the_rest_zero()
    {
        Mlp network = TestNetworks.Create(new GridEncoding { Levels = Levels }, Activation.ReLU, [9]);
        PictureTables.Fill(network, TestPictures.Create(30, 24), new CancellationToken(canceled: true));
        Assert.All(network.EncodingTensors, tensor => Assert.All(tensor.Values, value => Assert.Equal(0, value)));
    }

    private static double[,] Planes(PixelDataset picture)
    {
        var planes = new double[3, picture.PixelCount];
        double white = picture.MaxSample;
        for (int i = 0; i < picture.PixelCount; i++)
        {
            double[] color = [.. picture.GetPixel(i % picture.Width, i / picture.Width).Select(sample => sample / white)];
            (double red, double green, double blue) = color.Length == 1 ? (color[0], color[0], color[0]) : (color[0], color[1], color[2]);
            planes[0, i] = Scale * ((red + 2 * green + blue) / 4 - 0.5);
            planes[1, i] = Scale * (blue - green) / 2;
            planes[2, i] = Scale * (red - green) / 2;
        }
        return planes;
    }

    private static double Mean(double[,] planes, int plane, PixelDataset picture, GridLevel level, double x, double y)
    {
        double sum = 0, weights = 0;
        foreach ((int row, double down) in Around(y * picture.Height - 0.5, (double)picture.Height / level.Rows, picture.Height))
            foreach ((int column, double across) in Around(x * picture.Width - 0.5, (double)picture.Width / level.Columns, picture.Width))
            {
                sum += down * across * planes[plane, row * picture.Width + column];
                weights += down * across;
            }
        return sum / weights;
    }

    /// <summary>The pixels around a place, those beyond the edge being the edge's, and a Gaussian's values at them.</summary>
    private static IEnumerable<(int Pixel, double Weight)> Around(double center, double step, int count)
    {
        double sigma = Sigma * Math.Max(1, step);
        for (int at = (int)Math.Floor(center - 4 * sigma); at <= Math.Ceiling(center + 4 * sigma); at++)
            yield return (Math.Clamp(at, 0, count - 1), Math.Exp(-(at - center) * (at - center) / (2 * sigma * sigma)));
    }
}

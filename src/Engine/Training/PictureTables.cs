using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>
/// Fills a grid's tables with a picture, as a Laplacian pyramid (Burt and Adelson 1983): each level has what the picture, averaged to its
/// vertices, has beyond the coarser levels. The first feature of each level is for brightness, the second for
/// one of two differences of colours, level after level in turn. Vertices that share an entry get the mean of what each would have.
/// </summary>
internal static class PictureTables
{
    /// <summary>
    /// What colours are multiplied by: larger numbers change less in a step. docs/quality.md has the experiment.
    /// </summary>
    private const float Scale = 5;

    /// <summary>
    /// How vertices average the picture. By areas alone, 72 epochs ended 0.2 dB lower.
    /// </summary>
    private const ShrinkKernel Kernel = ShrinkKernel.Gaussian;

    /// <summary>Coarse levels average the smallest copy with so many pixels a vertex, and no copy is smaller than so many pixels.</summary>
    private const int PixelsPerVertex = 2, SmallestCopy = 16;

    /// <summary>The features that are filled.</summary>
    private const int FilledFeatures = 2;

    /// <summary>Fills a network's tables.</summary>
    /// <param name="network">A network with a grid.</param>
    /// <param name="picture">A picture without gaps.</param>
    /// <param name="cancellationToken">Leaves the rest zero; large pictures take seconds.</param>
    public static void Fill(Mlp network, PixelDataset picture, CancellationToken cancellationToken = default)
    {
        var grid = (GridEncoding)network.Design.Encoding;
        List<PixelDataset> copies = [picture];
        while (Math.Min(copies[^1].Width, copies[^1].Height) >= 2 * SmallestCopy)
            copies.Add(Halved(copies[^1]));
        for (int number = 0; number < grid.Levels.Count; number++)
        {
            GridLevel level = grid.Levels[number];
            int halvings = Math.Max(0, copies.FindLastIndex(copy =>
                copy.Width >= PixelsPerVertex * level.Columns && copy.Height >= PixelsPerVertex * level.Rows));
            double share = 1.0 / (1 << halvings);
            ResampleTaps across = new(Kernel, 0, picture.Width * share, level.Columns), down = new(Kernel, 0, picture.Height * share, level.Rows);
            Fill(network, grid, number, new AveragedPlanes(copies[halvings], DifferenceOf(number), across, down), cancellationToken);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fill(Mlp network, GridEncoding grid, int number, AveragedPlanes averages, CancellationToken cancellationToken)
    {
        GridLevel level = grid.Levels[number];
        int features = grid.FeaturesPerLevel;
        float[] table = network.EncodingTensors[number].Values;
        Array.Clear(table);
        RowBlend[] coarser = [.. Enumerable.Range(0, number)
            .Select(each => new RowBlend(grid.Levels[each], level, network.EncodingTensors[each].Values, features))];
        float[][] planes = [.. Enumerable.Range(0, FilledFeatures).Select(_ => new float[level.Columns])];
        for (int row = 0; row < level.Rows && !cancellationToken.IsCancellationRequested; row++)
        {
            averages.Read(row, planes);
            for (int each = 0; each < number; each++)
            {
                coarser[each].MoveTo(row);
                coarser[each].Subtract(0, planes[0]);
                if (DifferenceOf(each) == DifferenceOf(number))
                    coarser[each].Subtract(1, planes[1]);
            }
            int start = level.RowStart(row);
            for (int column = 0; column < level.Columns; column++)
            {
                table[(start + column) * features] += planes[0][column];
                table[(start + column) * features + 1] += planes[1][column];
            }
        }
        if (!level.IsDense)
            DivideBySharers(table, level, features);
    }

    /// <summary>Makes sums over the vertices that share an entry their means.</summary>
    private static void DivideBySharers(float[] table, GridLevel level, int features)
    {
        int[] starts = [.. Enumerable.Range(0, level.Rows).Select(level.RowStart).Order()];
        int begun = 0, ended = 0;
        for (int entry = 0; entry < level.EntryCount; entry++)
        {
            while (begun < starts.Length && starts[begun] <= entry)
                begun++;
            while (ended < starts.Length && starts[ended] + level.Columns <= entry)
                ended++;
            foreach (ref float value in table.AsSpan(entry * features, FilledFeatures))
                value /= Math.Max(1, begun - ended);
        }
    }

    /// <summary>A copy of half the size and of 8 bits, of 2 x 2 pixels' means; a last odd row or column is left out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static PixelDataset Halved(PixelDataset picture)
    {
        int width = picture.Width / 2, height = picture.Height / 2, channels = picture.Channels, rowLength = picture.Width * channels;
        float[] rows = new float[2 * rowLength];
        byte[] samples = new byte[width * height * channels];
        for (int y = 0; y < height; y++)
        {
            picture.CopyRows(2 * y, 2, rows);
            for (int x = 0; x < width; x++)
                for (int channel = 0; channel < channels; channel++)
                {
                    int at = 2 * x * channels + channel;
                    float sum = rows[at] + rows[at + channels] + rows[at + rowLength] + rows[at + rowLength + channels];
                    samples[(y * width + x) * channels + channel] = (byte)(sum * (byte.MaxValue / 4f) + 0.5f);
                }
        }
        return new PixelDataset(picture.Name, width, height, samples, channels: channels);
    }

    /// <summary>Which of the two differences a level's second feature is for.</summary>
    private static int DifferenceOf(int level) => level % 2;

    /// <summary>Brightness and one difference of a picture, averaged to another size.</summary>
    private sealed class AveragedPlanes
    {
        private readonly PixelDataset _picture;
        private readonly int _difference;
        private readonly ResampleTaps _across, _down;
        private readonly float[] _colors, _sum;
        private readonly float[][] _rows;
        private readonly int[] _rowNumbers;

        public AveragedPlanes(PixelDataset picture, int difference, ResampleTaps across, ResampleTaps down)
        {
            (_picture, _difference, _across, _down) = (picture, difference, across, down);
            (_colors, _sum) = (new float[picture.Width * picture.Channels], new float[FilledFeatures * picture.Width]);
            _rows = [.. Enumerable.Range(0, down.MostWeights).Select(_ => new float[_sum.Length])];
            _rowNumbers = new int[_rows.Length];
            Array.Fill(_rowNumbers, -1);
        }

        /// <summary>Writes a row.</summary>
        /// <param name="row">Its number; rows are asked for in their order.</param>
        /// <param name="planes">Receives a number for each column.</param>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Read(int row, float[][] planes)
        {
            ReadOnlySpan<float> weights = _down.Weights(row);
            Array.Clear(_sum);
            for (int i = 0; i < weights.Length; i++)
                AddTo(_sum, RowOf(Math.Clamp(_down.First(row) + i, 0, _picture.Height - 1)), weights[i]);
            for (int plane = 0; plane < planes.Length; plane++)
                FloatPicture.Across(_sum.AsSpan(plane * _picture.Width, _picture.Width), channels: 1, _across, origin: 0, planes[plane]);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void AddTo(Span<float> sums, ReadOnlySpan<float> row, float weight)
        {
            Span<Vector<float>> vectorSums = MemoryMarshal.Cast<float, Vector<float>>(sums);
            ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(row);
            for (int i = 0; i < vectors.Length; i++)
                vectorSums[i] += weight * vectors[i];
            for (int i = vectors.Length * Vector<float>.Count; i < sums.Length; i++)
                sums[i] += weight * row[i];
        }

        /// <summary>The planes of the picture's own row, which stay for the next rows that need them.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private float[] RowOf(int number)
        {
            float[] row = _rows[number % _rows.Length];
            if (_rowNumbers[number % _rows.Length] == number)
                return row;
            _rowNumbers[number % _rows.Length] = number;
            _picture.CopyRows(number, 1, _colors);
            int channels = _picture.Channels, width = _picture.Width;
            for (int i = 0; i < width; i++)
            {
                float red = _colors[i * channels], green = channels == 1 ? red : _colors[i * channels + 1];
                float blue = channels == 1 ? red : _colors[i * channels + 2];
                row[i] = Scale * ((red + 2 * green + blue) / 4 - 0.5f);
                row[width + i] = Scale * ((_difference == 0 ? blue : red) - green) / 2;
            }
            return row;
        }
    }

    /// <summary>What a filled level has at the vertices of another level's row.</summary>
    private sealed class RowBlend
    {
        private readonly GridLevel _from, _to;
        private readonly float[] _table, _row, _shares;
        private readonly int[] _columns;
        private readonly int _features;

        public RowBlend(GridLevel from, GridLevel to, float[] table, int features)
        {
            (_from, _to, _table, _features, _row) = (from, to, table, features, new float[from.Columns * features]);
            (_columns, _shares) = (new int[to.Columns], new float[to.Columns]);
            for (int column = 0; column < to.Columns; column++)
                (_columns[column], _shares[column]) = Cell(column, to.Columns, from.Columns);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void MoveTo(int row)
        {
            (int upper, float down) = Cell(row, _to.Rows, _from.Rows);
            ReadOnlySpan<float> top = _table.AsSpan(_from.RowStart(upper) * _features, _row.Length);
            ReadOnlySpan<float> bottom = _table.AsSpan(_from.RowStart(upper + 1) * _features, _row.Length);
            for (int i = 0; i < _row.Length; i++)
                _row[i] = top[i] + down * (bottom[i] - top[i]);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Subtract(int feature, float[] plane)
        {
            for (int column = 0; column < plane.Length; column++)
            {
                int left = _columns[column] * _features + feature;
                plane[column] -= _row[left] + _shares[column] * (_row[left + _features] - _row[left]);
            }
        }

        /// <summary>The cell between vertices that a place on another line of places lies in, and how far in it.</summary>
        private static (int Cell, float Share) Cell(int place, int places, int vertices)
        {
            float position = (float)((place + 0.5) / places * vertices - 0.5);
            int cell = Math.Clamp((int)position, 0, vertices - 2);
            return (cell, Math.Clamp(position - cell, 0, 1));
        }
    }
}

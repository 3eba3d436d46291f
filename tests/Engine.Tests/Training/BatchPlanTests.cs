using CsCheck;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

public class BatchPlanTests
{
    private const int Granule = 32;

    [Fact]
    public void Groups_cover_every_batch_once_and_in_order() =>
        Gen.Select(Gen.Int[1, 100_000], Gen.Int[1, 8], Gen.Long[1, 20_000_000], Gen.Double[0, 1]).Sample((batchSize, tileGranules, parameters, share) =>
        {
            var plan = BatchPlan.For(batchSize, tileGranules * Granule, parameters);
            foreach (int count in new[] { batchSize, Math.Max(1, (int)(batchSize * share)) })
            {
                int next = 0;
                for (int group = 0; group < plan.GroupCount; group++)
                {
                    (int first, int groupCount) = plan.Group(group, count);
                    Assert.Equal(next, first);
                    Assert.InRange(groupCount, count / plan.GroupCount, count / plan.GroupCount + 1);
                    next += groupCount;
                }
                Assert.Equal(count, next);
            }
        }, iter: 2000, threads: 1);

    [Fact]
    public void An_epochs_batches_take_every_pixel_of_each_groups_stripe_once() =>
        Gen.Select(Gen.Int[1, 3_000], Gen.Int[0, 30_000], Gen.Long[1, 20_000_000]).Sample((batchSize, more, parameters) =>
        {
            var calls = new EpochCalls(batchSize + more, batchSize);
            var plan = BatchPlan.For(batchSize, 4 * Granule, parameters);
            int next = 0;
            for (int group = 0; group < plan.GroupCount; group++)
            {
                (int first, int count) = plan.Stripe(group, calls);
                Assert.Equal(next, first);
                next += count;
                int taken = 0;
                for (int call = 0; call < calls.Count; call++)
                {
                    Assert.Equal(taken, plan.PlaceInStripe(group, calls, call));
                    taken += plan.Group(group, calls.FirstPlaceOf(call + 1) - calls.FirstPlaceOf(call)).Count;
                }
                Assert.Equal(count, taken);
            }
            Assert.Equal(calls.PixelCount, next);
        }, iter: 1000, threads: 1);

    [Fact]
    public void Tiles_are_whole_granules_no_larger_than_suits_the_network() =>
        Gen.Select(Gen.Int[1, 100_000], Gen.Int[1, 8], Gen.Long[1, 20_000_000]).Sample((batchSize, tileGranules, parameters) =>
        {
            var plan = BatchPlan.For(batchSize, tileGranules * Granule, parameters);
            Assert.Equal(0, plan.TileRows % Granule);
            Assert.InRange(plan.TileRows, Granule, tileGranules * Granule);
            Assert.InRange(plan.GroupCount, 1, 32);
        }, iter: 2000, threads: 1);

    [Fact]
    public void A_large_network_has_fewer_gradient_buffers_than_a_small_one()
    {
        Assert.Equal(32, BatchPlan.For(4096, 128, 5_000).GroupCount);
        Assert.Equal(16, BatchPlan.For(4096, 128, 66_000).GroupCount);
        Assert.Equal(8, BatchPlan.For(4096, 128, 5_000_000).GroupCount);
    }

    [Fact]
    public void A_small_batch_is_not_cut_finer_than_64_rows() =>
        Assert.Equal([1, 1, 2, 2, 4], new[] { 1, 64, 65, 129, 193 }.Select(batchSize => BatchPlan.For(batchSize, 128, 5_000).GroupCount));

    [Fact]
    public void Two_four_or_eight_threads_share_the_groups_evenly() =>
        Gen.Select(Gen.Int[1, 100_000], Gen.Long[1, 20_000_000]).Sample((batchSize, parameters) =>
        {
            int groups = BatchPlan.For(batchSize, 128, parameters).GroupCount;
            foreach (int threads in new[] { 2, 4, 8 })
                Assert.True(groups < threads || groups % threads == 0, $"{threads} threads share {groups} groups.");
            Assert.Equal(0, groups & (groups < 8 ? groups - 1 : 7));
        }, iter: 1000, threads: 1);

    [Fact]
    public void Groups_do_not_depend_on_the_tiles_that_suit_a_machine() =>
        Gen.Select(Gen.Int[1, 100_000], Gen.Int[1, 8], Gen.Long[1, 20_000_000]).Sample((batchSize, tileGranules, parameters) =>
            Assert.Equal(
                BatchPlan.For(batchSize, Granule, parameters).GroupCount, BatchPlan.For(batchSize, tileGranules * Granule, parameters).GroupCount),
            iter: 1000, threads: 1);
}
